using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Simulant.Bench.Speed;

/// <summary>
/// The same requests as a recipe's by .NET's own client alone, nothing parsed, recorded or counted, in a process of its own:
/// <c>http-floor PORT REQUESTS IN-FLIGHT</c>. What a request costs at the least, and how long the stub really takes.
/// </summary>
public static class HttpFloor
{
    public static int Run(string[] arguments, TextWriter to)
    {
        int[] given = [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        double waited = Ask(new Uri($"http://127.0.0.1:{given[0]}/v1/chat/completions"), given[1], given[2]).GetAwaiter().GetResult();
        process.Refresh();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wall={Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} ")
            + string.Create(CultureInfo.InvariantCulture,
                $"cpu={(process.TotalProcessorTime - before).TotalSeconds:0.000} latency={1000 * waited / given[1]:0.000}"));
        return 0;
    }

    /// <returns>Seconds that all requests took, one after the other.</returns>
    private static async Task<double> Ask(Uri to, int requests, int inFlight)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = inFlight,
            ActivityHeadersPropagator = null,
        };
        using var client = new HttpMessageInvoker(handler);
        int next = -1;
        double[] waited = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            double seconds = 0;
            for (int i; (i = Interlocked.Increment(ref next)) < requests;)
            {
                byte[] body = Encoding.UTF8.GetBytes("{\"model\":\"stub\",\"messages\":[{\"role\":\"user\",\"content\":\"Write forty words "
                    + $"about anything, please.\"}}],\"temperature\":1,\"max_tokens\":1024,\"seed\":{i * 7919L}}}");
                long sent = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                using var reply = await client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
                await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                seconds += Stopwatch.GetElapsedTime(sent).TotalSeconds;
            }
            return seconds;
        })).ConfigureAwait(false);
        return waited.Sum();
    }
}
