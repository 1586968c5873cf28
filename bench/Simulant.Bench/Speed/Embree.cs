using System.Numerics;
using System.Runtime.InteropServices;

namespace Simulant.Bench.Speed;

/// <summary>
/// The reference for rays: Embree 3, where the system has it (Debian's libembree3-3), on one thread, over one mesh. Calls suppress the
/// collector's transition, so that they cost it what they would cost a program in C.
/// </summary>
internal sealed class Embree : IDisposable
{
    private const string Library = "libembree3.so.3";
    private const int Triangles = 0, Index = 0, Vertex = 1, UInt3 = 0x5003, Float3 = 0x9003, High = 2;

    /// <summary>Floats of a ray with its hit, and of sixteen of them (field by field).</summary>
    public const int RayFloats = 20, PacketFloats = 20 * 16;

    private readonly nint _device, _scene, _geometry, _incoherent, _coherent;
    private readonly float[] _vertices;
    private readonly int[] _indices;
    private readonly int[] _valid;

    private Embree(Vector3[] positions, int[] indices, string isa)
    {
        _vertices = GC.AllocateArray<float>(3 * positions.Length + 1, pinned: true);
        for (int i = 0; i < positions.Length; i++) positions[i].CopyTo(_vertices, 3 * i);
        _indices = GC.AllocateArray<int>(indices.Length, pinned: true);
        indices.CopyTo(_indices, 0);
        int[] valid = GC.AllocateArray<int>(48, pinned: true);
        Array.Fill(valid, -1);
        _valid = valid;
        _device = NewDevice("threads=1,set_affinity=0" + (isa.Length > 0 ? $",isa={isa}" : ""));
        _scene = NewScene(_device);
        SetQuality(_scene, High);
        _geometry = NewGeometry(_device, Triangles);
        SetShared(_geometry, Index, 0, UInt3, Marshal.UnsafeAddrOfPinnedArrayElement(_indices, 0), 0, 12, (nuint)(indices.Length / 3));
        SetShared(_geometry, Vertex, 0, Float3, Marshal.UnsafeAddrOfPinnedArrayElement(_vertices, 0), 0, 12, (nuint)positions.Length);
        CommitGeometry(_geometry);
        _ = Attach(_scene, _geometry);
        CommitScene(_scene);
        (_incoherent, _coherent) = (Context(0), Context(1));
    }

    /// <summary>The same triangles in Embree's hands; null where there is no library.</summary>
    /// <param name="isa">The instructions it is held to, such as avx2; as many as the processor has where empty.</param>
    public static Embree? Of(Vector3[] positions, int[] indices, string isa) =>
        NativeLibrary.TryLoad(Library, out _) ? new(positions, indices, isa) : null;

    /// <summary>
    /// A place for <paramref name="floats"/> floats that stays where it is, on a border of 64 bytes; never freed before the program's end.
    /// </summary>
    public static (float[] Array, int First) Aligned(int floats)
    {
        float[] array = GC.AllocateArray<float>(floats + 16, pinned: true);
        return (array, (int)((64 - Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % 64) % 64 / 4));
    }

    public void Closest(float[] rays, int at) => Intersect1(_scene, _incoherent, Marshal.UnsafeAddrOfPinnedArrayElement(rays, at));

    public void Any(float[] rays, int at) => Occluded1(_scene, _incoherent, Marshal.UnsafeAddrOfPinnedArrayElement(rays, at));

    public void Closest16(float[] packets, int at)
    {
        nint valid = Marshal.UnsafeAddrOfPinnedArrayElement(_valid, 0);
        Intersect16((valid + 63) & ~(nint)63, _scene, _coherent, Marshal.UnsafeAddrOfPinnedArrayElement(packets, at));
    }

    public void Any16(float[] packets, int at)
    {
        nint valid = Marshal.UnsafeAddrOfPinnedArrayElement(_valid, 0);
        Occluded16((valid + 63) & ~(nint)63, _scene, _coherent, Marshal.UnsafeAddrOfPinnedArrayElement(packets, at));
    }

    public void Dispose()
    {
        ReleaseGeometry(_geometry);
        ReleaseScene(_scene);
        ReleaseDevice(_device);
        Marshal.FreeHGlobal(_incoherent);
        Marshal.FreeHGlobal(_coherent);
    }

    // Flags, no filter, no instance.
    private static nint Context(int flags)
    {
        nint context = Marshal.AllocHGlobal(64);
        for (int i = 0; i < 16; i++) Marshal.WriteInt32(context, 4 * i, i == 0 ? flags : i is >= 4 and < 8 ? -1 : 0);
        return context;
    }

    [DllImport(Library, EntryPoint = "rtcNewDevice", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint NewDevice(string config);

    [DllImport(Library, EntryPoint = "rtcNewScene")]
    private static extern nint NewScene(nint device);

    [DllImport(Library, EntryPoint = "rtcSetSceneBuildQuality")]
    private static extern void SetQuality(nint scene, int quality);

    [DllImport(Library, EntryPoint = "rtcNewGeometry")]
    private static extern nint NewGeometry(nint device, int type);

    [DllImport(Library, EntryPoint = "rtcSetSharedGeometryBuffer")]
    private static extern void SetShared(nint geometry, int type, uint slot, int format, nint at, nuint offset, nuint stride, nuint count);

    [DllImport(Library, EntryPoint = "rtcCommitGeometry")]
    private static extern void CommitGeometry(nint geometry);

    [DllImport(Library, EntryPoint = "rtcAttachGeometry")]
    private static extern uint Attach(nint scene, nint geometry);

    [DllImport(Library, EntryPoint = "rtcCommitScene")]
    private static extern void CommitScene(nint scene);

    [DllImport(Library, EntryPoint = "rtcReleaseGeometry")]
    private static extern void ReleaseGeometry(nint geometry);

    [DllImport(Library, EntryPoint = "rtcReleaseScene")]
    private static extern void ReleaseScene(nint scene);

    [DllImport(Library, EntryPoint = "rtcReleaseDevice")]
    private static extern void ReleaseDevice(nint device);

    [DllImport(Library, EntryPoint = "rtcIntersect1"), SuppressGCTransition]
    private static extern void Intersect1(nint scene, nint context, nint ray);

    [DllImport(Library, EntryPoint = "rtcOccluded1"), SuppressGCTransition]
    private static extern void Occluded1(nint scene, nint context, nint ray);

    [DllImport(Library, EntryPoint = "rtcIntersect16"), SuppressGCTransition]
    private static extern void Intersect16(nint valid, nint scene, nint context, nint rays);

    [DllImport(Library, EntryPoint = "rtcOccluded16"), SuppressGCTransition]
    private static extern void Occluded16(nint valid, nint scene, nint context, nint rays);
}
