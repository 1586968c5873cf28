namespace Simulant.Provenance;

/// <summary>
/// What kind of machine-made content a data set is, in the IPTC's digital source types
/// (cv.iptc.org/newscodes/digitalsourcetype), which labels of generated content refer to.
/// </summary>
public static class MediaLabel
{
    private const string Vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// <summary><c>trainedAlgorithmicMedia</c> where a trained model made the items, else <c>algorithmicMedia</c>.</summary>
    public static string Of(PublishedRun run) => run.MadeByTrained ? "trainedAlgorithmicMedia" : "algorithmicMedia";

    public static string UriOf(PublishedRun run) => Vocabulary + Of(run);
}
