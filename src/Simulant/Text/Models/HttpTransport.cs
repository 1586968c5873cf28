using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Simulant.Text.Models;

/// <summary>
/// The one place that speaks to a network, and only to the address that a spec names: no redirect is followed, no cookie kept,
/// and a proxy asked only for addresses beyond this machine. Every failure is a <see cref="ModelException"/>.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    /// <summary>Largest reply that is read.</summary>
    public const int MaxReplyBytes = 16 << 20;

    private const int ShownOfError = 300;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;

    /// <param name="headers">Sent with every request: keys, versions.</param>
    public HttpTransport(Uri endpoint, TimeSpan timeout, int connections, IReadOnlyDictionary<string, string> headers)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !endpoint.IsLoopback,
            MaxConnectionsPerServer = connections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ConnectTimeout = timeout,
            ActivityHeadersPropagator = null,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxReplyBytes };
        foreach (var (name, value) in headers) _client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        _timeout = timeout;
    }

    /// <summary>Posts JSON and returns the body of a reply of success.</summary>
    public async Task<byte[]> Post(Uri to, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ReadOnlyMemoryContent(json) };
            request.Content.Headers.ContentType = Json;
            using var reply = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token)
                .ConfigureAwait(false);
            byte[] body = await reply.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return reply.IsSuccessStatusCode ? body : throw Refusal(to, reply, body);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ModelException(FaultKind.Timeout, string.Create(CultureInfo.InvariantCulture,
                $"{Shown(to)}: no reply within {_timeout.TotalSeconds:0.###} s"));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new ModelException(FaultKind.Refused, $"{Shown(to)}: the reply is longer than {MaxReplyBytes >> 20} MiB");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ModelException(FaultKind.Network, $"{Shown(to)}: {(e.InnerException ?? e).Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static ModelException Refusal(Uri to, HttpResponseMessage reply, byte[] body)
    {
        int status = (int)reply.StatusCode;
        string said = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, ShownOfError)));
        string message = $"{Shown(to)}: {status} {Specs.Nearest.Printable(said.Trim())}";
        return reply.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new ModelException(FaultKind.RateLimited, message, RetryAfter(reply)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.PaymentRequired =>
                new ModelException(FaultKind.Forbidden, message),
            HttpStatusCode.RequestTimeout => new ModelException(FaultKind.Timeout, message, RetryAfter(reply)),
            _ when status >= 500 => new ModelException(FaultKind.Server, message, RetryAfter(reply)),
            _ when status is >= 300 and < 400 => new ModelException(FaultKind.Forbidden,
                $"{Shown(to)}: {status}, a redirect elsewhere, which is not followed; name the address itself"),
            _ => new ModelException(FaultKind.Refused, message),
        };
    }

    // A date is read against the server's own clock, so that ours need not be right.
    private static TimeSpan? RetryAfter(HttpResponseMessage reply)
    {
        var after = reply.Headers.RetryAfter;
        if (after?.Delta is { } delta) return delta;
        return after?.Date is { } until && reply.Headers.Date is { } now && until > now ? until - now : null;
    }

    private static string Shown(Uri to) => to.GetLeftPart(UriPartial.Path);
}
