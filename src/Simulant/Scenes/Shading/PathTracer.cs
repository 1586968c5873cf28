using System.Numerics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Shading;

/// <summary>
/// Light along paths from the eye (Kajiya 1986): at each place one light is asked and one direction followed, weighed together by the
/// balance heuristic (Veach and Guibas 1995), and dim paths end by Russian roulette. The paths of up to sixteen samples of a tile's pixels
/// go one place further together, those still alive closed up to packets. Taken up again tile after tile; for one thread.
/// </summary>
internal sealed class PathTracer(int bounces)
{
    /// <summary>Samples at once.</summary>
    public const int Most = 16;

    private const int Lanes = RayPacket.Count;

    private readonly ShadeTile _places = new();

    // By path: sample by sample, each the tile's sixteen pixels.
    private readonly Vector3[] _weight = new Vector3[Most * Lanes], _light = new Vector3[Most * Lanes], _albedo = new Vector3[Most * Lanes];
    private readonly float[] _distance = new float[Most * Lanes];
    private readonly uint[] _turnedSample = new uint[Most];

    // Paths that go on, closed up: what their last rays were and met, at what density their directions were chosen, whose they are.
    private RayPacket[] _rays = new RayPacket[Most], _next = new RayPacket[Most];
    private int[] _path = new int[Most * Lanes], _nextPath = new int[Most * Lanes];
    private readonly float[] _chance = new float[Most * Lanes];
    private int _alive;

    /// <summary>Begins samples from <paramref name="first"/> on.</summary>
    public void Begin(int first)
    {
        _alive = 0;
        for (int i = 0; i < Most; i++) _turnedSample[i] = ScrambledNet.Turn((uint)(first + i));
    }

    /// <summary>What came to the eye on one path.</summary>
    public Vector3 Light(int sample, int lane) => _light[sample * Lanes + lane];

    /// <summary>Base colour of what the path met first; white for the sky.</summary>
    public Vector3 Albedo(int sample, int lane) => _albedo[sample * Lanes + lane];

    /// <summary>Metres to there; infinite for the sky.</summary>
    public float Distance(int sample, int lane) => _distance[sample * Lanes + lane];

    /// <summary>Takes up a sample's sixteen camera rays, with what they met.</summary>
    /// <param name="used">Lanes within the picture, as bits.</param>
    public void Add(Scene scene, int sample, ref RayPacket packet, uint used)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            if ((used >> lane & 1) == 0) continue;
            int path = sample * Lanes + lane;
            var hit = packet.Hit(lane);
            var direction = packet.Direction(lane);
            _distance[path] = hit.T * Spatial.Length(direction);
            (_weight[path], _albedo[path]) = (Vector3.One, Vector3.One);
            if (!hit.IsHit) _light[path] = scene.Sky?.Quick(Spatial.Unit(direction)) ?? default;
            else
            {
                _light[path] = default;
                _rays[_alive / Lanes].Take(_alive % Lanes, ref packet, lane);
                _path[_alive++] = path;
            }
        }
    }

    /// <summary>Follows all paths to their ends.</summary>
    public void Run(Moment moment, TileNumbers numbers)
    {
        for (int bounce = 0; _alive > 0; bounce++)
        {
            int count = _alive;
            _alive = 0;
            for (int from = 0; from < count; from += Lanes) Shade(moment, numbers, bounce, from, Math.Min(Lanes, count - from));
            (_rays, _next, _path, _nextPath) = (_next, _rays, _nextPath, _path);
            if (_alive > 0) Look(moment);
        }
    }

    private void Shade(Moment moment, TileNumbers numbers, int bounce, int from, int count)
    {
        ref var rays = ref _rays[from / Lanes];
        var path = _path.AsSpan(from, count);
        for (int lane = count; lane < Lanes; lane++) rays.Repeat(lane, 0);
        _places.Begin();
        bool glows = false;
        for (int lane = 0; lane < count; lane++)
        {
            var hit = rays.Hit(lane);
            glows |= SurfacePlace.Set(moment.Stage.Surfaces[hit.Instance], hit, lane, _places);
            numbers.Set(lane, path[lane] % Lanes, _turnedSample[path[lane] / Lanes]);
        }
        _places.Prepare(moment.Poses, ref rays);
        if (bounce == 0)
            for (int lane = 0; lane < count; lane++) _albedo[path[lane]] = _places.Colour(lane);
        if (glows)
            for (int lane = 0; lane < count; lane++) _light[path[lane]] += _weight[path[lane]] * _places.Glow(lane);
        int pair = TileNumbers.Places + bounce * TileNumbers.Step;
        Ask(moment, numbers, pair, bounce, path);
        if (bounce < bounces) Follow(numbers, pair, bounce, path);
    }

    private void Ask(Moment moment, TileNumbers numbers, int pair, int bounce, ReadOnlySpan<int> path)
    {
        var lights = moment.Stage.Scene.Lights;
        if (lights.Count == 0) return;
        if (moment.Suns is [{ } sun])
        {
            numbers.Pair(pair + 1);
            DirectLight.Sun(sun, numbers, _places);
        }
        else
        {
            Span<int> which = stackalloc int[Lanes];
            if (lights.Count > 1)
            {
                numbers.Pair(pair);
                for (int lane = 0; lane < path.Length; lane++)
                    which[lane] = Math.Min(lights.Count - 1, (int)(numbers.X[lane] * lights.Count));
            }
            numbers.Pair(pair + 1);
            for (int lane = 0; lane < path.Length; lane++)
                DirectLight.One(lights[which[lane]], lane, numbers, _places);
        }
        RayPacket shadows = default;
        uint asked = _places.Ask(ref shadows, lights.Count, met: bounce < bounces);
        if (asked == 0) return;
        // Rays from the eye's own places go side by side; later ones start anywhere.
        uint open = asked & ~(bounce == 0 ? moment.Tree.Any(ref shadows) : moment.Tree.AnyApart(ref shadows, asked));
        for (; open != 0; open &= open - 1)
        {
            int lane = BitOperations.TrailingZeroCount(open), at = path[lane];
            _light[at] += _weight[at] * _places.Gain(lane);
        }
    }

    private void Follow(TileNumbers numbers, int pair, int bounce, ReadOnlySpan<int> path)
    {
        Span<float> choices = stackalloc float[Lanes], ends = stackalloc float[Lanes];
        numbers.Pair(pair);
        numbers.Y.CopyTo(choices);
        if (bounce > 0)
        {
            numbers.Pair(pair + 3);
            numbers.X.CopyTo(ends);
        }
        numbers.Pair(pair + 2);
        for (uint good = _places.Follow(choices, numbers.X, numbers.Y); good != 0; good &= good - 1)
        {
            int lane = BitOperations.TrailingZeroCount(good), at = path[lane];
            var weight = _weight[at] * _places.Gain(lane);
            if (bounce > 0)
            {
                float most = MathF.Min(0.95f, MathF.Max(weight.X, MathF.Max(weight.Y, weight.Z)));
                if (ends[lane] >= most) continue;
                weight *= 1 / most;
            }
            _weight[at] = weight;
            _next[_alive / Lanes].Set(_alive % Lanes, _places.Start(lane), _places.Way(lane));
            _chance[_alive] = _places.Chance(lane);
            _nextPath[_alive++] = at;
        }
    }

    // What the followed rays meet: lights on the way, the sky, or the places from which paths go on.
    private void Look(Moment moment)
    {
        var scene = moment.Stage.Scene;
        int count = _alive;
        _alive = 0;
        for (int i = 0; i < count; i++)
        {
            ref var rays = ref _rays[i / Lanes];
            int lane = i % Lanes, path = _path[i];
            var ray = rays.Ray(lane);
            var hit = moment.Tree.Closest(ray);
            var met = scene.Lights.Count > 0 ? Met(moment, ray, hit.T, _chance[i]) : default;
            if (!hit.IsHit) met += scene.Sky?.Quick(ray.Direction) ?? default;
            _light[path] += _weight[path] * met;
            if (!hit.IsHit) continue;
            rays.Put(lane, hit);
            _rays[_alive / Lanes].Take(_alive % Lanes, ref rays, lane);
            _path[_alive++] = path;
        }
    }

    private static Vector3 Met(Moment moment, in Ray ray, float far, float chance)
    {
        var lights = moment.Stage.Scene.Lights;
        Vector3 sum = default;
        for (int i = 0; i < lights.Count; i++)
        {
            var met = moment.Suns[i] is { } sun ? sun.Meet(ray.Direction, far)
                : LightSampling.Meet(lights[i], ray.Origin, ray.Direction, far);
            if (met.Pdf > 0) sum += met.Radiance * (chance * lights.Count / (met.Pdf + chance * lights.Count));
        }
        return sum;
    }
}
