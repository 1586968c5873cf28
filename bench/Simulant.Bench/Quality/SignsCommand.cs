using System.Globalization;
using Simulant.Data;
using Simulant.Images.Codecs;
using Simulant.Scenes.Signs;
using Simulant.Validation.Images;

namespace Simulant.Bench.Quality;

/// <summary>
/// From rendered to real: one small network trained on rendered German signs, on the same drawings under warps of the plane, on real
/// training pictures (GTSRB at 32 x 32), on rendered and real together, and with growing numbers of real ones, each with the same steps
/// and the same changes of pictures while training; tested on the real validation pictures, which chose nothing.
/// <c>signs [--arms rendered,warps,real,both,10,100,1000] [--seeds 5] [--steps 1500] [--batch 64] [--pictures 12900] [--share 0.5]
/// [--threads 2] [--first-seed 1] [--figures] [--save FILE] [--load FILE]</c>.
/// </summary>
internal static class SignsCommand
{
    private const int Side = 32, Classes = 43;

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("arms", "seeds", "first-seed", "steps", "batch", "pictures", "share", "threads", "save", "load", "figures");
        string folder = BenchContext.SharedData ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds images/");
        int threads = options.Number("threads", 2), pictures = options.Number("pictures", 300 * Classes);
        string[] arms = (options.Optional("arms") ?? "rendered,warps,real,both,10,100,1000").Split(',');
        PictureSet real = Real(folder, "train"), test = Real(folder, "validation");
        var templates = SignTemplate.Usual;
        var run = RunContext.Quiet(1, threads);
        PictureSet? rendered = arms.Any(a => a is not ("real" or "warps")) || options.Has("figures")
            ? Rendered(templates, pictures, options, run) : null;
        var flat = arms.Contains("warps") ? Flat(templates, pictures, run) : null;
        if (options.Has("figures")) Figures(to, rendered!, real, test, run);
        var settings = new PictureTrainingOptions(options.Number("steps", 1500), options.Number("batch", 64));
        double share = double.Parse(options.Optional("share") ?? "0.5", CultureInfo.InvariantCulture);
        to.WriteLine($"{pictures} pictures made, {real.Count} real, {test.Count} to test; {settings.Steps} steps of {settings.Batch}");
        int first = options.Number("first-seed", 1), seeds = options.Number("seeds", 5);
        var accuracies = arms.ToDictionary(a => a, _ => new List<double>());
        for (int seed = first; seed < first + seeds; seed++)
            foreach (string arm in arms)
            {
                double seconds = 0, accuracy = 0;
                seconds = DefaultSpec.CpuSeconds(() =>
                    accuracy = Measure(arm, rendered, flat, real, test, settings, share, run with { Seed = (ulong)seed }));
                accuracies[arm].Add(accuracy);
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed} {arm,-10} {accuracy:f4}  {seconds:f0} CPU s"));
                to.Flush();
            }
        foreach (string arm in arms)
        {
            var spread = Spread.Of(accuracies[arm]);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {arm} | {spread.Mean:f4} | {spread.Low:f4} to {spread.High:f4} | {spread.Count} |"));
        }
        return 0;
    }

    private static double Measure(string arm, PictureSet? rendered, PictureSet? flat, PictureSet real, PictureSet test,
        PictureTrainingOptions settings, double share, RunContext run)
    {
        // Real pictures of a part are the first of an order that the seed addresses, so that a larger part holds the smaller ones.
        PictureSet Part(int count) => real.Take(FeatureDistances.Order(real.Count, run.Seed, "curve")[..Math.Min(count, real.Count)]);
        var (sets, shares) = arm switch
        {
            "rendered" => (new[] { rendered! }, new[] { 1.0 }),
            "warps" => ([flat!], [1.0]),
            "real" => ([real], [1.0]),
            "both" => ([rendered!, real], [1 - share, share]),
            _ when int.TryParse(arm, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 =>
                // What is few is shown less, or it is learned by heart.
                (new[] { rendered!, Part(count) }, new[] { 1 - Shown(count, share), Shown(count, share) }),
            _ => throw new ArgumentException($"there is no arm '{arm}'; rendered, warps, real, both or a number"),
        };
        return PictureTraining.Accuracy(PictureTraining.Train(sets, settings, run, shares), test, run);
    }

    private static double Shown(int count, double share) => share * Math.Min(1, Math.Log10(count + 1) / 3.6);

    private static void Figures(TextWriter to, PictureSet rendered, PictureSet real, PictureSet test, RunContext run)
    {
        var extractor = new RandomConvolutions(Side, Side, 3);
        FeatureSet made = extractor.Extract(rendered.Take([.. Enumerable.Range(0, Math.Min(rendered.Count, real.Count))]), run),
            train = extractor.Extract(real, run), held = extractor.Extract(test, run);
        void Line(string name, double value, double reference) =>
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {value:g4} | {reference:g4} |"));
        to.WriteLine($"{extractor.Id}");
        Line("Frechet distance to real training pictures", FeatureDistances.Frechet(made, train), FeatureDistances.Frechet(held, train));
        ManifoldFigures of = Manifold.Measure(train, made, run), reference = Manifold.Measure(train, held, run);
        Line("precision", of.Precision, reference.Precision);
        Line("recall", of.Recall, reference.Recall);
        Line("density", of.Density, reference.Density);
        Line("coverage", of.Coverage, reference.Coverage);
        StatisticsFigures ours = PictureStatistics.Of(rendered), theirs = PictureStatistics.Of(real);
        Line("brightness, mean", ours.Brightness.Mean, theirs.Brightness.Mean);
        Line("brightness, deviation between pictures", ours.Brightness.Deviation, theirs.Brightness.Deviation);
        Line("contrast, mean", ours.Contrast.Mean, theirs.Contrast.Mean);
        Line("colourfulness, mean", ours.Colour.Mean, theirs.Colour.Mean);
        Line("slope of the spectrum, mean", ours.Slope.Mean, theirs.Slope.Mean);
    }

    private static PictureSet Rendered(IReadOnlyList<SignTemplate> templates, int count, Arguments options, RunContext run)
    {
        byte[] pixels = options.Optional("load") is { } file ? File.ReadAllBytes(file)
            : new SignWorld(1, templates).Pictures(0, count, Side, run);
        if (options.Optional("save") is { } save) File.WriteAllBytes(save, pixels);
        return Made(pixels);
    }

    private static PictureSet Flat(IReadOnlyList<SignTemplate> templates, int count, RunContext run)
    {
        var signs = new FlatSigns(1, templates);
        byte[] all = new byte[count * Side * Side * 3];
        Work.For(count, run, i => signs.Picture(i, Side).CopyTo(all.AsSpan(i * Side * Side * 3)));
        return Made(all);
    }

    private static PictureSet Made(byte[] pixels) =>
        new(Side, Side, 3, pixels, [.. Enumerable.Range(0, pixels.Length / (Side * Side * 3)).Select(i => i % Classes)], Classes);

    private static PictureSet Real(string folder, string part)
    {
        IdxArray Read(string kind)
        {
            string file = Path.Combine(folder, "images", $"gtsrb32_{part}_{kind}.idx.gz");
            return Idx.Read(File.ReadAllBytes(file), file);
        }
        return new(Side, Side, 3, Read("images").Values, [.. Read("labels").Values.Select(b => (int)b)], Classes);
    }
}
