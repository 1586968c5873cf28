using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Data;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Labels;

/// <summary>
/// Labels by actor. Amodal masks come of rays against the actor's own hierarchies within its box on the screen; where a tile shows
/// nothing but the actor, no ray is needed.
/// </summary>
internal sealed class ActorPass
{
    private readonly Stage _stage;
    private readonly PixelLabels _pixels;
    private readonly List<int>[] _surfaces;

    private ActorPass(Stage stage, PixelLabels pixels)
    {
        (_stage, _pixels) = (stage, pixels);
        _surfaces = [.. stage.Scene.Actors.Select(_ => new List<int>())];
        for (int s = 0; s < stage.Surfaces.Length; s++) _surfaces[stage.Surfaces[s].Actor].Add(s);
    }

    public static ActorLabels[] Run(Stage stage, PixelLabels pixels, RunContext run)
    {
        var pass = new ActorPass(stage, pixels);
        var (tight, seen) = pass.Visible();
        var labels = new ActorLabels[stage.Scene.Actors.Count];
        Work.For(labels.Length, run, i => labels[i] = pass.Label(i, tight[i], seen[i]));
        return labels;
    }

    private (PixelBox[] Tight, int[] Seen) Visible()
    {
        var tight = new PixelBox[_surfaces.Length];
        int[] seen = new int[_surfaces.Length];
        for (int y = 0, at = 0; y < _pixels.Height; y++)
            for (int x = 0; x < _pixels.Width; at++)
            {
                // Runs of one instance are taken at once.
                int instance = _pixels.Instance[at], first = x;
                for (x++; x < _pixels.Width && _pixels.Instance[at + 1] == instance; x++) at++;
                if (instance == 0) continue;
                seen[instance - 1] += x - first;
                tight[instance - 1] = tight[instance - 1].With(first, y).With(x - 1, y);
            }
        return (tight, seen);
    }

    private ActorLabels Label(int index, PixelBox tight, int seen)
    {
        var actor = _stage.Scene.Actors[index];
        var toCamera = _stage.WorldToCamera.After(actor.Motion.Now);
        var box = actor.Box;
        var centred = Pose.At(box.IsEmpty ? default : box.Centre);
        var place = new Box3(centred.Translation, box.IsEmpty ? default : box.Size, toCamera.After(centred),
            actor.Motion.Now.After(centred));
        var hidden = new SortedDictionary<int, int>();
        var (mask, count) = Amodal(index, hidden);
        var keypoints = (actor.Keypoints ?? []).Select(k => Keypoint(index, k)).ToArray();
        return new(index + 1, actor.Name, actor.Class, seen, count, tight, mask, place, toCamera, keypoints,
            [.. hidden.Select(h => (h.Key, h.Value))]);
    }

    private (ActorMask Mask, int Count) Amodal(int index, SortedDictionary<int, int> hidden)
    {
        var camera = _stage.Camera;
        var screen = Screen(index, out float far);
        int left = screen.Left & ~3, top = screen.Top & ~3, width = screen.Right - left, height = screen.Bottom - top;
        if (screen.IsEmpty) return (new(default, []), 0);
        var sketch = new Sketch(new bool[width * height], left, top, width);
        for (int y = top; y < screen.Bottom; y += 4)
            for (int x = left; x < screen.Right; x += 4)
            {
                uint hits = Tile(index, x, y, far, out uint seen);
                // The screen's box is wide by construction: what lies outside it has not been hit.
                for (int row = screen.Bottom - y; row < 4; row++) hits &= ~(15u << 4 * row);
                for (int column = screen.Right - x; column < 4; column++) hits &= ~(0x1111u << column);
                if (hits == 0) continue;
                sketch.Add(hits, x, y);
                for (uint covered = hits & ~seen; covered != 0; covered &= covered - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(covered);
                    sketch.Hide(_pixels.Instance[(y + (lane >> 2)) * camera.Width + x + (lane & 3)], hidden);
                }
            }
        sketch.Hide(-1, hidden);
        return (Cropped(sketch.Pixels, left, top, width, sketch.Box), sketch.Count);
    }

    /// <summary>A mask as it grows.</summary>
    private struct Sketch(bool[] pixels, int left, int top, int width)
    {
        private int _left = int.MaxValue, _top = int.MaxValue, _right, _bottom, _by = -1, _run;

        public readonly bool[] Pixels => pixels;

        public int Count { get; private set; }

        public readonly PixelBox Box => Count == 0 ? default : new(_left, _top, _right, _bottom);

        /// <summary>Lanes of a tile at (x, y).</summary>
        public void Add(uint hits, int x, int y)
        {
            Count += BitOperations.PopCount(hits);
            uint columns = hits | hits >> 4 | hits >> 8 | hits >> 12;
            _left = Math.Min(_left, x + BitOperations.TrailingZeroCount(columns & 15));
            _right = Math.Max(_right, x + 32 - BitOperations.LeadingZeroCount(columns & 15));
            _top = Math.Min(_top, y + (BitOperations.TrailingZeroCount(hits) >> 2));
            _bottom = Math.Max(_bottom, y + (35 - BitOperations.LeadingZeroCount(hits) >> 2));
            for (int row = 0; row < 4; row++)
            {
                uint bits = hits >> 4 * row & 15;
                int at = (y + row - top) * width + x - left;
                if (bits == 15) pixels.AsSpan(at, 4).Fill(true);
                else for (; bits != 0; bits &= bits - 1) pixels[at + BitOperations.TrailingZeroCount(bits)] = true;
            }
        }

        /// <summary>A pixel that an instance hides, counted with the others in a row that it hides.</summary>
        public void Hide(int by, SortedDictionary<int, int> hidden)
        {
            if (by != _by && _run > 0)
            {
                hidden[_by] = hidden.GetValueOrDefault(_by) + _run;
                _run = 0;
            }
            (_by, _run) = (by, _run + 1);
        }
    }

    private static ActorMask Cropped(bool[] pixels, int left, int top, int width, PixelBox box)
    {
        bool[] cropped = new bool[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
            Array.Copy(pixels, (box.Top + y - top) * width + box.Left - left, cropped, y * box.Width, box.Width);
        return new(box, cropped);
    }

    // Lanes of the tile where the actor would be seen alone. It cannot lie behind what is further away than all of it.
    private uint Tile(int index, int x, int y, float far, out uint seen)
    {
        int width = _stage.Camera.Width, columns = Math.Min(4, width - x), rows = Math.Min(4, _stage.Camera.Height - y);
        var own = Vector128.Create((ushort)(index + 1));
        uint open = 0;
        seen = 0;
        for (int row = 0; row < rows; row++)
        {
            int at = (y + row) * width + x;
            uint shown = 0, before = 0;
            if (columns == 4)
            {
                ulong four = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(_pixels.Instance.AsSpan(at, 4)));
                shown = Vector128.Equals(Vector128.CreateScalarUnsafe(four).AsUInt16(), own).ExtractMostSignificantBits() & 15;
                var depth = Vector128.Create<float>(_pixels.Depth.AsSpan(at, 4));
                before = Vector128.LessThanOrEqual(depth, Vector128.Create(far)).ExtractMostSignificantBits();
            }
            else
                for (int column = 0; column < columns; column++)
                {
                    if (_pixels.Instance[at + column] == index + 1) shown |= 1u << column;
                    if (_pixels.Depth[at + column] <= far) before |= 1u << column;
                }
            seen |= shown << 4 * row;
            open |= (before & ~shown) << 4 * row;
        }
        if (open == 0) return seen;
        RayPacket packet = default;
        PixelTile.Fill(_stage, x, y, ref packet);
        // Where it is seen, or nothing of it can be, there is nothing left to ask.
        packet.Keep(open);
        uint hits = seen;
        foreach (int surface in _surfaces[index]) hits |= _stage.Tree.AnyOf(surface, ref packet);
        for (int row = rows; row < 4; row++) hits &= ~(15u << 4 * row);
        for (int column = columns; column < 4; column++) hits &= ~(0x1111u << column);
        return hits;
    }

    /// <summary>
    /// A box of pixels that holds all the actor may cover, from its parts' boxes; the whole picture where one reaches behind.
    /// </summary>
    /// <param name="far">Depth beyond which nothing of it lies.</param>
    private PixelBox Screen(int index, out float far)
    {
        var camera = _stage.Camera;
        far = float.NegativeInfinity;
        var whole = new PixelBox(0, 0, camera.Width, camera.Height);
        float left = float.PositiveInfinity, top = left, right = float.NegativeInfinity, bottom = right;
        foreach (int s in _surfaces[index])
        {
            ref readonly var surface = ref _stage.Surfaces[s];
            if (surface.Mesh.Box.IsEmpty) continue;
            var view = _stage.WorldToCamera.After(surface.Now);
            int behind = 0;
            void Take(Vector3 point)
            {
                var at = camera.Project(point);
                (left, right) = (MathF.Min(left, at.X), MathF.Max(right, at.X));
                (top, bottom) = (MathF.Min(top, at.Y), MathF.Max(bottom, at.Y));
            }
            for (int corner = 0; corner < 8; corner++)
            {
                var point = view.Point(surface.Mesh.Box.Corner(corner));
                if (point.Z <= 1e-3f) behind++;
                far = MathF.Max(far, point.Z + MathF.Abs(point.Z) * 1e-4f + 1e-4f);
                Take(point);
            }
            if (behind is > 0 and < 8 || behind == 0 && camera.Lens is not null && !BentEdges(view, surface.Mesh.Box, Take))
            {
                far = float.PositiveInfinity;
                return whole;
            }
            if (behind == 8) (left, right, top, bottom) = (0, camera.Width, 0, camera.Height);
        }
        if (!(left <= right)) return default;
        int Within(float value, int most) => (int)Math.Clamp(value, 0f, most);
        float margin = camera.Lens is null ? 1 : 3;
        var box = new PixelBox(Within(left - margin, camera.Width), Within(top - margin, camera.Height),
            Within(right + margin + 1, camera.Width), Within(bottom + margin + 1, camera.Height));
        return box.IsEmpty ? default : box;
    }

    // A lens bends edges: points along them are taken, close enough that a bow between two keeps within the margin. False where an edge
    // comes so near the eye that even steps along it are not even in the picture.
    private static bool BentEdges(in Pose view, Bounds box, Action<Vector3> take)
    {
        const int Steps = 64;
        Span<Vector3> corners = stackalloc Vector3[8];
        float near = float.PositiveInfinity, far = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            corners[corner] = view.Point(box.Corner(corner));
            (near, far) = (MathF.Min(near, corners[corner].Z), MathF.Max(far, corners[corner].Z));
        }
        if (near < 0.25f * far) return false;
        for (int corner = 0; corner < 8; corner++)
            for (int axis = 0; axis < 3; axis++)
                for (int i = 1; (corner >> axis & 1) == 0 && i < Steps; i++)
                    take(corners[corner] + (corners[corner | 1 << axis] - corners[corner]) * ((float)i / Steps));
        return true;
    }

    private KeypointLabel Keypoint(int index, Description.Keypoint keypoint)
    {
        var camera = _stage.Camera;
        int surface = _surfaces[index][keypoint.Part];
        var point = _stage.Surfaces[surface].Now.Point(keypoint.Position);
        var place = camera.Project(_stage.WorldToCamera.Point(point));
        bool inside = place.Z > 0 && place.X >= -0.5f && place.X < camera.Width - 0.5f && place.Y >= -0.5f
            && place.Y < camera.Height - 0.5f;
        if (!inside) return new(keypoint.Name, place, Seen.Outside);
        var eye = camera.Pose.Translation;
        var way = point - eye;
        // t is 1 at the keypoint.
        float far = 1 - keypoint.Within / MathF.Max(Spatial.Length(way), keypoint.Within);
        return new(keypoint.Name, place, _stage.Tree.Any(new Ray(eye, way, 0, far)) ? Seen.Hidden : Seen.Visible);
    }
}
