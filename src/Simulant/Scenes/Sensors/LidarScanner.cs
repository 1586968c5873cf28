using System.Numerics;
using System.Runtime.CompilerServices;
using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Sensors;

/// <summary>
/// Fires a <see cref="Lidar"/> into a scene, sixteen beams at a time. The same to the bit on any number of threads: the noise of a beam
/// has the address (seed, frame, column, ring), and blocks of columns are joined in order.
/// </summary>
public sealed class LidarScanner
{
    // Columns of one piece of work; a multiple of the widest tile.
    private const int Block = 16;

    private readonly Stage _stage;
    private readonly Lidar _lidar;
    private readonly Motion _mount;
    private readonly RandomStream _stream;
    private readonly int _frame, _rows, _columns;
    private readonly float _loss, _threshold;
    private readonly bool _still;
    private readonly Vector3[] _beams;
    private readonly Vector2[] _turns;
    private readonly Skin[] _skins;

    private LidarScanner(Stage stage, Lidar lidar, Motion mount, int frame, ulong seed)
    {
        if (lidar.Fault() is { } fault) throw new ArgumentException(fault);
        if (!mount.IsRigid) throw new ArgumentException("the sensor's motion is not rigid");
        (_stage, _lidar, _mount, _frame) = (stage, lidar, mount, frame);
        _stream = new(seed, "scenes/lidar");
        _loss = (stage.Scene.Fog?.Density ?? 0) + 1.076e-3f * MathF.Pow(lidar.Rain, 0.67f) * (MathF.Log(10) / 10);
        _threshold = 0.1f / (lidar.Reach * lidar.Reach);
        _still = lidar.Rolling == 0 || stage.Surfaces.All(s => s.Now == s.After);
        _rows = TileRows(lidar);
        _columns = RayPacket.Count / _rows;
        _skins =
        [
            .. stage.Surfaces.Select(s => new Skin((ushort)(s.Actor + 1), (ushort)stage.Scene.Actors[s.Actor].Class,
                s.Mesh.Materials is [{ Texture: null } only] ? only : null)),
        ];
        // In double: single precision's sine and cosine would bend the table by more than a beam's own rounding.
        _beams =
        [
            .. lidar.Beams.Select(b => new Vector3((float)(Math.Cos(b.Elevation) * Math.Cos(b.Azimuth)),
                (float)(Math.Cos(b.Elevation) * Math.Sin(b.Azimuth)), (float)Math.Sin(b.Elevation))),
        ];
        _turns =
        [
            .. Enumerable.Range(0, lidar.Columns).Select(c => lidar.First + (double)lidar.Sweep * c / lidar.Columns)
                .Select(a => new Vector2((float)Math.Cos(a), (float)Math.Sin(a))),
        ];
    }

    /// <param name="stage">A scene made ready; the camera it was made for does not matter.</param>
    /// <param name="mount">From the sensor's axes to the world's, a moment before, now and after.</param>
    /// <param name="frame">With the run's seed, the address of the noise.</param>
    /// <exception cref="ArgumentException">The sensor or its mount cannot be.</exception>
    public static LidarScan Scan(Stage stage, Lidar lidar, Motion mount, int frame, RunContext run)
    {
        var scanner = new LidarScanner(stage, lidar, mount, frame, run.Seed);
        int slices = scanner._still ? 1 : Math.Min(lidar.Slices, lidar.Columns);
        var pieces = new List<(int First, int Last, int Slice)>();
        for (int s = 0; s < slices; s++)
        {
            int last = Start(lidar, s + 1, slices);
            for (int c = Start(lidar, s, slices); c < last; c += Block) pieces.Add((c, Math.Min(c + Block, last), s));
        }
        var moments = new Moment[slices];
        Work.For(slices, run, s => moments[s] = new(stage, scanner._still ? 0 : lidar.Rolling * (s + 0.5f) / slices));
        var found = new Memory<LidarPoint>[pieces.Count];
        Work.For(pieces.Count, run, i => found[i] = scanner.Columns(moments[pieces[i].Slice], pieces[i].First, pieces[i].Last));
        int[] starts = new int[pieces.Count + 1];
        for (int i = 0; i < found.Length; i++) starts[i + 1] = starts[i] + found[i].Length;
        var points = GC.AllocateUninitializedArray<LidarPoint>(starts[^1]);
        Work.For(found.Length, run, i => found[i].CopyTo(points.AsMemory(starts[i])));
        return new(points, lidar.Columns * lidar.Beams.Count, lidar.Seconds);
    }

    private static int Start(Lidar lidar, int slice, int slices) => (int)((long)lidar.Columns * slice / slices);

    // Sixteen rays as a square of angles: as many beams as keep it narrowest.
    private static int TileRows(Lidar lidar)
    {
        float rise = lidar.Beams.Count < 2 ? 10
            : (lidar.Beams.Max(b => b.Elevation) - lidar.Beams.Min(b => b.Elevation)) / (lidar.Beams.Count - 1);
        float turn = MathF.Abs(lidar.Sweep) / lidar.Columns, least = float.PositiveInfinity;
        int best = 1;
        for (int rows = 1; rows <= RayPacket.Count; rows *= 2)
        {
            float wide = MathF.Max(rows * rise, RayPacket.Count / rows * turn);
            if (wide < least) (best, least) = (rows, wide);
        }
        return best;
    }

    private Memory<LidarPoint> Columns(Moment moment, int first, int last)
    {
        int beams = _beams.Length, each = _lidar.Divergence > 0 ? 2 : 1;
        var grid = new LidarPoint[(last - first) * beams * each];
        var eyes = new Pose[last - first];
        for (int c = first; c < last; c++)
            eyes[c - first] = Moment.Between(_mount.Now, _mount.After, _lidar.Rolling * c / _lidar.Columns);
        var tile = new LidarTile();
        for (int column = first; column < last; column += _columns)
            for (int ring = 0; ring < beams; ring += _rows)
            {
                Aim(ref tile, eyes, first, last, column, ring);
                Fire(ref tile, moment, grid, first);
            }
        int count = 0;
        foreach (ref readonly var point in grid.AsSpan())
            if (point.Return != 0) grid[count++] = point;
        return grid.AsMemory(0, count);
    }

    private void Aim(ref LidarTile tile, Pose[] eyes, int first, int last, int column, int ring)
    {
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            int c = column + lane / _rows, r = ring + lane % _rows;
            bool used = c < last && r < _beams.Length;
            (c, r) = (Math.Min(c, last - 1), Math.Min(r, _beams.Length - 1));
            Vector3 beam = _beams[r];
            var turn = _turns[c];
            var sight = new Vector3(beam.X * turn.X - beam.Y * turn.Y, beam.X * turn.Y + beam.Y * turn.X, beam.Z);
            ref readonly var eye = ref eyes[c - first];
            tile.Sight[lane] = sight;
            tile.World[lane] = eye.Direction(sight);
            tile.Address[lane] = used ? (long)c * Lidar.MostBeams + r : -1;
            tile.Items[lane] = (long)_frame << 32 | (uint)(c * Lidar.MostBeams + r);
            tile.Packet.Set(lane, eye.Translation, tile.World[lane], used ? _lidar.Most : float.NegativeInfinity);
            if (_lidar.Divergence > 0) tile.Rim(lane, eye, Rim(sight, tile.Items[lane]), used ? _lidar.Most : float.NegativeInfinity);
        }
    }

    // A direction on the beam's rim, at an angle of its own.
    private Vector3 Rim(Vector3 sight, long item)
    {
        var (x, y) = Spatial.Frame(sight);
        double round = 2 * Math.PI * _stream.Uniform(item, 2);
        float radius = _lidar.Divergence / 2;
        return Spatial.Unit(sight + x * (radius * (float)Math.Cos(round)) + y * (radius * (float)Math.Sin(round)));
    }

    private void Fire(ref LidarTile tile, Moment moment, LidarPoint[] grid, int firstColumn)
    {
        moment.Tree.Closest(ref tile.Packet);
        if (_lidar.Divergence > 0) moment.Tree.Closest(ref tile.Second);
        NormalLanes.FillDown(_stream, tile.Items, tile.Draws, 0, 1, tile.Normals, RayPacket.Count);
        int each = _lidar.Divergence > 0 ? 2 : 1;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            if (tile.Address[lane] < 0) continue;
            int column = (int)(tile.Address[lane] / Lidar.MostBeams), ring = (int)(tile.Address[lane] % Lidar.MostBeams);
            var into = grid.AsSpan(((column - firstColumn) * _beams.Length + ring) * each, each);
            float time = _lidar.Seconds * column / _lidar.Columns;
            bool kept = _lidar.Dropout == 0 || _stream.Uniform(tile.Items[lane], 1) >= _lidar.Dropout;
            var hit = tile.Packet.Hit(lane);
            float clutter = _lidar.Clutter > 0 ? Drop(tile.Items[lane]) : float.PositiveInfinity;
            if (clutter < hit.T)
            {
                float glint = 0.02f + 0.03f * (float)_stream.Uniform(tile.Items[lane], 4);
                if (kept && clutter >= _lidar.Least) into[0] = new(tile.Sight[lane] * clutter, glint, time, (ushort)ring, 0, 0, 1);
                continue;
            }
            if (!kept) continue;
            float wobble = tile.Normals[RayPacket.Count + lane];
            if (hit.IsHit) into[0] = Return(moment, hit, tile.World[lane], tile.Sight[lane], tile.Normals[lane], wobble, time, ring);
            if (each == 1) continue;
            Behind(tile, moment, lane, into, time, ring);
        }
    }

    // What the beam's rim meets is a return of its own where it stands apart from what the middle met.
    private void Behind(in LidarTile tile, Moment moment, int lane, Span<LidarPoint> into, float time, int ring)
    {
        var hit = tile.Second.Hit(lane);
        if (!hit.IsHit) return;
        var other = Return(moment, hit, tile.RimWorld[lane], tile.Sight[lane], tile.Normals[2 * RayPacket.Count + lane],
            tile.Normals[3 * RayPacket.Count + lane], time, ring);
        if (other.Return == 0) return;
        if (into[0].Return == 0) into[0] = other;
        else if (other.Range > into[0].Range + _lidar.Resolution) into[1] = other with { Return = 2 };
        else if (other.Range < into[0].Range - _lidar.Resolution) (into[0], into[1]) = (other, into[0] with { Return = 2 });
    }

    private LidarPoint Return(Moment moment, RayHit hit, Vector3 direction, Vector3 sight, float noise, float wobble, float time, int ring)
    {
        if (hit.T < _lidar.Least) return default;
        float reflectance = Reflectance(moment, hit, direction);
        if (_loss > 0) reflectance *= MathF.Exp(-2 * _loss * hit.T);
        if (!(reflectance >= _threshold * hit.T * hit.T * (1 - wobble * _lidar.SignalNoise))) return default;
        float range = hit.T + noise * (_lidar.Noise + _lidar.NoisePerMetre * hit.T);
        ref readonly var skin = ref _skins[hit.Instance];
        return new(sight * range, MathF.Min(reflectance, 1), time, (ushort)ring, skin.Instance, skin.Class, 1);
    }

    // Back along the beam, against a matt white surface that faces it; the red of a colour stands for near infrared.
    private float Reflectance(Moment moment, RayHit hit, Vector3 direction)
    {
        ref readonly var surface = ref moment.Stage.Surfaces[hit.Instance];
        var mesh = surface.Mesh;
        var material = _skins[hit.Instance].Only ?? mesh.MaterialAt(hit.Primitive);
        float red = material.Texture is null ? material.BaseColour.X
            : material.ColourAt(surface.Local(hit.Primitive, hit.U, hit.V), surface.Uv(hit.Primitive, hit.U, hit.V)).X;
        Vector3 normal = default;
        if (mesh.Normals is { } normals)
        {
            int[] indices = mesh.Indices;
            int at = 3 * hit.Primitive;
            normal = Spatial.Unit(normals[indices[at]] * (1 - hit.U - hit.V) + normals[indices[at + 1]] * hit.U
                + normals[indices[at + 2]] * hit.V);
        }
        if (normal == default) normal = surface.Normal(hit.Primitive);
        // A smooth normal may look away where the triangle does not; the beam then grazes.
        float cos = Math.Clamp(MathF.Abs(Spatial.Dot(moment.Poses[hit.Instance].Direction(normal), direction)), 0.01f, 1);
        var view = new Vector3(MathF.Sqrt(1 - cos * cos), 0, cos);
        return MathF.PI * new Brdf(new(red, 0, 0), material.Metallic, material.Roughness).Value(view, view).X;
    }

    /// <param name="Only">What all of a surface is made of, where that is one material without a texture.</param>
    private readonly record struct Skin(ushort Instance, ushort Class, Material? Only);

    // The way to the first drop, which is exponential.
    private float Drop(long item) => (float)(-Math.Log(1 - _stream.Uniform(item, 3)) / _lidar.Clutter);
}

/// <summary>Sixteen beams on their way.</summary>
internal struct LidarTile()
{
    public RayPacket Packet, Second;
    public readonly Vector3[] Sight = new Vector3[RayPacket.Count], World = new Vector3[RayPacket.Count],
        RimWorld = new Vector3[RayPacket.Count];
    public readonly long[] Address = new long[RayPacket.Count], Items = new long[RayPacket.Count];
    public readonly int[] Draws = new int[RayPacket.Count];
    public readonly float[] Normals = new float[4 * RayPacket.Count];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rim(int lane, in Pose eye, Vector3 direction, float far)
    {
        RimWorld[lane] = eye.Direction(direction);
        Second.Set(lane, eye.Translation, RimWorld[lane], far);
    }
}
