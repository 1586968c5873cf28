using System.Globalization;

namespace Simulant.Text.Code.Children;

/// <summary>One layer around children, and whether it holds on this machine.</summary>
/// <param name="Name">limits, network, processes, user.</param>
/// <param name="Holds">Whether it was tried and worked.</param>
/// <param name="What">One line: what it holds back, or why it is not there.</param>
public sealed record Layer(string Name, bool Holds, string What);

/// <summary>
/// What the operating system puts around a child: resource limits (prlimit), a network and a process namespace of its own
/// (unshare), and a user nobody else has (setpriv), all of util-linux. Each is tried once, by what it does and not by whether it is
/// installed, and used where it works. seccomp is out of reach of plain .NET.
/// </summary>
internal sealed class Confinement
{
    private const long FirstUser = 1_610_000_000;

    private readonly List<string> _outer = []; // words before the program: namespaces
    private readonly string? _limits, _user;
    private static int _users;

    private Confinement(string? limits, string? namespaces, string? user)
    {
        _limits = Works(limits, "--cpu=1", "--", "/bin/true") ? limits : null;
        string[] flags = ["-n", "-p", "-f", "--kill-child"];
        string[][] ways = Environment.UserName == "root" ? [flags] : [["-r", .. flags], flags];
        foreach (string[] way in ways)
            if (namespaces is not null && _outer.Count == 0 && HasNoNetwork([namespaces, .. way])) _outer = [namespaces, .. way];
        if (Environment.UserName == "root" && user is not null && IsAnother(user)) _user = user;
        Layers =
        [
            new("limits", _limits is not null, _limits is not null
                ? "processor time, memory, file size (none may be written), open files, core dumps" : "prlimit is missing"),
            new("network", _outer.Count > 0, _outer.Count > 0 ? "a network namespace without any interface that is up"
                : "unshare is missing, or this user may not make namespaces"),
            new("processes", _outer.Count > 0 && _user is not null && _limits is not null, (_outer.Count, _user, _limits) switch
            {
                ( > 0, not null, not null) => "a number of processes, and a process namespace that dies with the child",
                ( > 0, _, _) => "not their number (the kernel counts by user): a process namespace that dies with the child",
                _ => "neither limited in number nor in a namespace",
            }),
            new("user", _user is not null, _user is not null ? "a user without files, groups or capabilities, a fresh one for each child"
                : "setpriv is missing, or this process is not root's: children run as the same user"),
        ];
    }

    /// <summary>This machine's; found out on first use.</summary>
    public static Confinement OfThisMachine => Machine.Value;

    private static readonly Lazy<Confinement> Machine = new(() => OperatingSystem.IsLinux()
        ? new(Tools.Find("prlimit").FirstOrDefault(), Tools.Find("unshare").FirstOrDefault(), Tools.Find("setpriv").FirstOrDefault())
        : new(null, null, null));

    /// <summary>As if the machine had none of the tools.</summary>
    public static Confinement None { get; } = new(null, null, null);

    public IReadOnlyList<Layer> Layers { get; }

    public bool Has(string layer) => Layers.First(l => l.Name == layer).Holds;

    /// <summary>The command that runs the program inside every layer that holds.</summary>
    /// <param name="program">Program and arguments.</param>
    /// <param name="cpuSeconds">Processor time of the whole child.</param>
    /// <param name="addressMb">Limit of data (private writable memory), MiB.</param>
    /// <param name="processes">Most processes and threads at once, where the user is the child's own.</param>
    public IReadOnlyList<string> Around(IReadOnlyList<string> program, int cpuSeconds, int addressMb, int processes)
    {
        var words = new List<string>();
        if (_limits is not null)
        {
            words.AddRange([_limits, Of("cpu", cpuSeconds), Of("data", (long)addressMb << 20), "--fsize=0", "--core=0", "--nofile=256"]);
            if (_user is not null) words.Add(Of("nproc", processes));
            words.Add("--");
        }
        words.AddRange(_outer);
        if (_user is not null) words.AddRange(As(_user));
        words.AddRange(program);
        return words;
    }

    private static string Of(string limit, long value) => string.Create(CultureInfo.InvariantCulture, $"--{limit}={value}");

    // The kernel counts processes by user, so each child has a user of its own.
    private static string[] As(string setpriv)
    {
        long user = FirstUser + (Environment.ProcessId & 0xFFFF) * 4096L % 400_000_000 + (Interlocked.Increment(ref _users) & 0xFFF);
        string id = user.ToString(CultureInfo.InvariantCulture);
        return [setpriv, "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
    }

    private static bool Works(string? tool, params string[] arguments) =>
        tool is not null && Tools.Try([tool, .. arguments]).Code == 0;

    // /proc/net/dev names the interfaces: two lines of heading, and loopback alone.
    private static bool HasNoNetwork(IReadOnlyList<string> prefix)
    {
        var (code, output) = Tools.Try([.. prefix, "/bin/cat", "/proc/net/dev"]);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return code == 0 && lines.Length == 3 && lines[2].TrimStart().StartsWith("lo:", StringComparison.Ordinal);
    }

    private static bool IsAnother(string setpriv)
    {
        var (code, output) = Tools.Try([.. As(setpriv), "/usr/bin/id", "-u"]);
        return code == 0 && output.Trim() is not ("0" or "");
    }
}
