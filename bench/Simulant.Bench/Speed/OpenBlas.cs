using System.Runtime.InteropServices;

namespace Simulant.Bench.Speed;

/// <summary>The reference for matrix products: OpenBLAS, where the system has it (Debian's libopenblas0), on one thread.</summary>
internal sealed class OpenBlas
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    private readonly Sgemm _sgemm;

    private OpenBlas(Sgemm sgemm, string core)
    {
        _sgemm = sgemm;
        Core = core;
    }

    /// <summary>The processor it took this one for; variable OPENBLAS_CORETYPE says otherwise where it guesses wrong.</summary>
    public string Core { get; }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Sgemm(int order, int transposeA, int transposeB, int m, int n, int k, float alpha,
        float[] a, int strideA, float[] b, int strideB, float beta, float[] c, int strideC);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void SetThreads(int count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CoreName();

    public static OpenBlas? Load()
    {
        foreach (string name in (string[])["libopenblas.so.0", "libopenblas.so", "openblas"])
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;
            if (!NativeLibrary.TryGetExport(library, "cblas_sgemm", out nint sgemm)) continue;
            if (NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out nint threads))
                Marshal.GetDelegateForFunctionPointer<SetThreads>(threads)(1);
            string core = NativeLibrary.TryGetExport(library, "openblas_get_corename", out nint named)
                ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(named)()) ?? "unknown"
                : "unknown";
            return new OpenBlas(Marshal.GetDelegateForFunctionPointer<Sgemm>(sgemm), core);
        }
        return null;
    }

    public void Multiply(float[] a, bool transposeA, float[] b, bool transposeB, float[] c, int m, int n, int k) =>
        _sgemm(RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, m, n, k, 1,
            a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n);
}
