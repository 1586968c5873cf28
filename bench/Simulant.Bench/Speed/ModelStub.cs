using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Simulant.Bench.Speed;

/// <summary>One request as a stub was sent it.</summary>
/// <param name="Number">From 0, in order of arrival.</param>
public sealed record StubRequest(long Number, string Path, string Head, string Body)
{
    /// <summary>A header's value, or null.</summary>
    public string? Header(string name)
    {
        foreach (string line in Head.Split("\r\n"))
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) return line[(name.Length + 1)..].Trim();
        return null;
    }
}

/// <summary>What a stub does with a request.</summary>
/// <param name="Status">0 breaks the connection instead; -1 never answers.</param>
public sealed record StubReply(int Status, string Body)
{
    public IReadOnlyList<string> Headers { get; init; } = [];
    public TimeSpan Delay { get; init; }
}

/// <summary>
/// A server on loopback that speaks enough HTTP/1.1 to stand in for a model: bodies of known length, connections kept open. It counts
/// what it is sent, which a client under test cannot.
/// </summary>
public sealed class ModelStub : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<StubRequest, StubReply> _answer;
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _requests;
    private int _inFlight, _mostInFlight;

    public ModelStub(Func<StubRequest, StubReply> answer)
    {
        _answer = answer;
        _listener.Start(512);
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What a spec names as its endpoint.</summary>
    public string Address => $"http://127.0.0.1:{Port}/v1";

    public long Requests => Interlocked.Read(ref _requests);
    public int InFlight => Volatile.Read(ref _inFlight);
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>How often each body was sent.</summary>
    public IReadOnlyDictionary<string, int> Times
    {
        get
        {
            lock (_gate) return new Dictionary<string, int>(_times);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _ = Serve(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            _listener.Stop();
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            byte[] buffer = new byte[1 << 14];
            int filled = 0;
            while (true)
            {
                int head;
                while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                    int read = await stream.ReadAsync(buffer.AsMemory(filled), _stop.Token);
                    if (read == 0) return;
                    filled += read;
                }
                string header = Encoding.ASCII.GetString(buffer, 0, head);
                int length = Length(header), end = head + 4 + length;
                if (end > buffer.Length) Array.Resize(ref buffer, end);
                while (filled < end)
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(filled), _stop.Token);
                    if (read == 0) return;
                    filled += read;
                }
                string body = Encoding.UTF8.GetString(buffer, head + 4, length);
                buffer.AsSpan(end, filled - end).CopyTo(buffer);
                filled -= end;
                if (!await Answer(stream, header, body)) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            client.Close(); // the client went away, or we stop
        }
    }

    private async Task<bool> Answer(NetworkStream stream, string head, string body)
    {
        long number = Interlocked.Increment(ref _requests) - 1;
        lock (_gate) _times[body] = _times.GetValueOrDefault(body) + 1;
        int now = Interlocked.Increment(ref _inFlight);
        for (int most; now > (most = _mostInFlight);) Interlocked.CompareExchange(ref _mostInFlight, now, most);
        try
        {
            var reply = _answer(new StubRequest(number, head.Split(' ')[1], head, body));
            if (reply.Status < 0) await Task.Delay(Timeout.Infinite, _stop.Token);
            if (reply.Delay > TimeSpan.Zero) await Task.Delay(reply.Delay, _stop.Token);
            if (reply.Status == 0) return false;
            byte[] content = Encoding.UTF8.GetBytes(reply.Body);
            var text = new StringBuilder("HTTP/1.1 ").Append(reply.Status.ToString(CultureInfo.InvariantCulture))
                .Append(" X\r\nContent-Type: application/json\r\nContent-Length: ").Append(content.Length).Append("\r\n");
            foreach (string line in reply.Headers) text.Append(line).Append("\r\n");
            byte[] start = Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
            byte[] all = [.. start, .. content];
            Interlocked.Decrement(ref _inFlight);
            now = 0;
            await stream.WriteAsync(all, _stop.Token);
            return true;
        }
        finally
        {
            if (now != 0) Interlocked.Decrement(ref _inFlight);
        }
    }

    private static int Length(string head)
    {
        int at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return 0;
        int end = head.IndexOf('\r', at);
        return int.Parse(head.AsSpan(at + 15, (end < 0 ? head.Length : end) - at - 15), CultureInfo.InvariantCulture);
    }
}
