using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Simulant.Augment;
using Simulant.Images;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Speed;

/// <summary>
/// Pictures a CPU second of every operation of augmentation, 512 x 512 in colour, one thread; beside OpenCV where a Python has it
/// (<c>python=/usr/bin/python3</c>), told to use one thread, timed by the same clock on a picture of the same size in the same run.
/// </summary>
internal static class AugmentBench
{
    public static readonly Benchmark Benchmark =
        new("augment", "every operation on pictures of 512 x 512, beside OpenCV where it is installed", Run);

    /// <summary>Options that fix what chance would decide, so that both sides do the same work.</summary>
    private static readonly Dictionary<string, string> Fixed = new()
    {
        ["gaussian-blur"] = "least: 1.5, most: 1.5", ["box-blur"] = "reach: 1", ["jpeg"] = "least: 80, most: 80", ["motion-blur"] =
            "length: 7",
        ["median-blur"] = "size: '3'",
    };

    private static readonly string[] Sized = ["crop", "centre-crop", "random-resized-crop", "resize", "pad"];

    private sealed class Pool(Labelled[] pictures) : IPicturePool
    {
        public long Count => pictures.Length;

        public Labelled Get(long index) => pictures[index];
    }

    private static void Run(BenchContext context)
    {
        int side = context.Tiny ? 48 : 512, repeats = context.Option("repeats", context.Tiny ? 1 : 20);
        Labelled[] pictures = [.. Enumerable.Range(0, 3).Select(i => Picture(side, i))];
        var pool = new Pool(pictures);
        Check(context, pictures[0], pool);
        foreach (var operation in OperationTable.All)
        {
            string name = operation.Name, options = Fixed.GetValueOrDefault(name, "");
            if (Sized.Contains(name)) options = string.Create(CultureInfo.InvariantCulture,
                $"width: {Side(name, side)}, height: {Side(name, side)}");
            var policy = Policy.Only(name, options);
            context.Result(policy.Apply(pictures[0], 1, 0, pool).Image.Samples);
            if (!context.Tiny) WarmUp(policy, pictures[0], pool);
            double seconds = context.CpuSeconds(() =>
            {
                for (int i = 0; i < repeats; i++) Policy.Release(policy.Apply(pictures[0], 1, i, pool), pictures[0]);
            }, 5);
            context.Figure(name, repeats / Math.Max(seconds, 1e-9), "pictures/CPU s");
        }
        if (!context.Tiny) OpenCv(context);
    }

    /// <summary>Code is compiled anew, and well, only after it has run for a while; beside other work a while is counted in CPU
    /// time.</summary>
    private static void WarmUp(Policy policy, Labelled picture, Pool pool)
    {
        using var process = Process.GetCurrentProcess();
        var begun = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 60 || (process.TotalProcessorTime - begun).TotalSeconds < 0.6
            || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.6; i++)
        {
            Policy.Release(policy.Apply(picture, 1, i, pool), picture);
            if (i % 16 == 15) process.Refresh();
        }
    }

    private static int Side(string name, int side) => name == "pad" ? side + 64 : name == "random-resized-crop" ? side : side / 2;

    private static Labelled Picture(int side, int item)
    {
        var stream = new RandomStream(5, "bench/augment");
        var image = new Raster<byte>(side, side, 3);
        for (int i = 0; i < image.Samples.Length; i++)
        {
            int x = i / 3 % side, y = i / 3 / side;
            image.Samples[i] = (byte)(110 + 80 * Math.Sin(0.05 * x + i % 3 + item) * Math.Cos(0.03 * y) + stream.Below(40, i, item));
        }
        return new Labelled(image);
    }

    /// <summary>A figure of a wrong result is worth nothing: loops that say what some operations do, and equal bytes twice for
    /// all.</summary>
    private static void Check(BenchContext context, Labelled s, Pool pool)
    {
        foreach (var operation in OperationTable.All)
        {
            var policy = Policy.Only(operation.Name);
            context.Check(policy.Apply(s, 1, 3, pool).Image.Samples.AsSpan().SequenceEqual(policy.Apply(s, 1, 3, pool).Image.Samples),
                $"{operation.Name} gives the same bytes twice");
        }
        byte[] from = s.Image.Samples, flipped = Policy.Only("horizontal-flip").Apply(s, 1, 0).Image.Samples;
        byte[] inverted = Policy.Only("invert").Apply(s, 1, 0).Image.Samples, grey = Policy.Only("grey").Apply(s, 1, 0).Image.Samples;
        byte[] blurred = Policy.Only("box-blur", "reach: 1").Apply(s, 1, 0).Image.Samples;
        for (int y = 0; y < s.Height; y++)
            for (int x = 0; x < s.Width; x++)
                for (int c = 0; c < 3; c++)
                {
                    int at = (y * s.Width + x) * 3 + c, p = at - c;
                    bool right = flipped[at] == from[(y * s.Width + s.Width - 1 - x) * 3 + c] && inverted[at] == 255 - from[at]
                        && Math.Abs(grey[at] - (0.299 * from[p] + 0.587 * from[p + 1] + 0.114 * from[p + 2])) <= 0.501;
                    if (x > 0 && y > 0 && x < s.Width - 1 && y < s.Height - 1)
                    {
                        int sum = 0;
                        for (int k = 0; k < 9; k++) sum += from[at + (k / 3 - 1) * s.Width * 3 + (k % 3 - 1) * 3];
                        right &= Math.Abs(blurred[at] - sum / 9.0) <= 0.501;
                    }
                    if (!right) context.Check(false, $"sample {at}");
                }
    }

    private static void OpenCv(BenchContext context)
    {
        var start = new ProcessStartInfo(context.Option("python", "python3"), ["-c", Script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) context.Figure("opencv is not installed", 0, "figures");
            foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = line.Split(' ');
                context.Figure("opencv " + parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture), "pictures/CPU s");
            }
        }
        catch (Win32Exception)
        {
            context.Figure("there is no python", 0, "figures");
        }
    }

    private const string Script = """
        import time, numpy as np, cv2
        cv2.setNumThreads(1)
        rng = np.random.default_rng(1)
        im = rng.integers(0, 256, (512, 512, 3), dtype=np.uint8)
        im = cv2.GaussianBlur(im, (0, 0), 2)
        turn = cv2.getRotationMatrix2D((256, 256), 17, 1)
        lens = np.array([[.93, .03, 9], [-.02, .95, 12], [1e-4, -5e-5, 1]])
        table = np.arange(255, -1, -1, dtype=np.uint8)
        tint = np.array([[.393, .769, .189], [.349, .686, .168], [.272, .534, .131]], dtype=np.float32)
        streak = np.full((7, 7), 0, np.float32); streak[3] = 1 / 7
        edge = np.array([[-.1, -.1, -.1], [-.1, 1.8, -.1], [-.1, -.1, -.1]], dtype=np.float32)
        places = [np.float32(a) + 3 * np.sin(np.float32(b) / 40) for a, b in (np.meshgrid(range(512), range(512)),
            np.meshgrid(range(512), range(512))[::-1])]
        def clahe():
            lab = cv2.cvtColor(im, cv2.COLOR_RGB2LAB)
            lab[:, :, 0] = cv2.createCLAHE(4, (8, 8)).apply(np.ascontiguousarray(lab[:, :, 0]))
            return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
        def hue():
            hsv = cv2.cvtColor(im, cv2.COLOR_RGB2HSV)
            hsv[:, :, 0] = (hsv[:, :, 0].astype(np.int16) + 9) % 180
            return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
        def noise():
            more = np.empty(im.shape, np.int16)
            cv2.randn(more, 0, 6)
            return cv2.add(im, more, dtype=cv2.CV_8U)
        jobs = {
            'horizontal-flip': lambda: cv2.flip(im, 1), 'vertical-flip': lambda: cv2.flip(im, 0), 'transpose': lambda: cv2.transpose(im),
            'rotate': lambda: cv2.warpAffine(im, turn, (512, 512)), 'perspective': lambda: cv2.warpPerspective(im, lens, (512, 512)),
            'resize': lambda: cv2.resize(im, (256, 256), interpolation=cv2.INTER_AREA),
            'elastic': lambda: cv2.remap(im, places[0], places[1], cv2.INTER_LINEAR), 'brightness': lambda: cv2.convertScaleAbs(im,
                alpha=1.13),
            'gamma': lambda: cv2.LUT(im, table), 'invert': lambda: cv2.bitwise_not(im), 'sepia': lambda: cv2.transform(im, tint),
                'hue': hue,
            'grey': lambda: cv2.cvtColor(cv2.cvtColor(im, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB),
            'equalise': lambda: cv2.merge([cv2.equalizeHist(c) for c in cv2.split(im)]), 'clahe': clahe,
            'box-blur': lambda: cv2.blur(im, (3, 3)), 'gaussian-blur': lambda: cv2.GaussianBlur(im, (0, 0), 1.5),
            'median-blur': lambda: cv2.medianBlur(im, 3), 'motion-blur': lambda: cv2.filter2D(im, -1, streak),
            'sharpen': lambda: cv2.filter2D(im, -1, edge), 'gaussian-noise': noise,
            'jpeg': lambda: cv2.imdecode(cv2.imencode('.jpg', im, [cv2.IMWRITE_JPEG_QUALITY, 80])[1], 1),
        }
        for name, job in jobs.items():
            job()
            best = 1e9
            for _ in range(5):
                start = time.process_time()
                for _ in range(20): job()
                best = min(best, time.process_time() - start)
            print(name, 20 / best)
        """;
}
