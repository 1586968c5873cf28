using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;

namespace Simulant.Text.Code.Runner;

/// <summary>
/// The child process that runs checked C# programs, one after another. It is compiled from its own text on first use, so that
/// the program needs no second executable; nothing else of Simulant is in the child. It reads jobs from standard input and writes
/// verdicts to what was standard output; the programs see neither. Limits are set around it (see Confinement), and its parent
/// kills it when a program takes too long.
/// </summary>
internal static class CSharpHost
{
    /// <summary>Stack of a program's thread. Endless recursion ends here, and ends the child.</summary>
    private const int StackBytes = 8 << 20;

    /// <summary>Reads frames until there are no more. Argument 0: characters of output a program may write.</summary>
    public static int Serve(string[] args)
    {
        int characters = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
        using var jobs = Console.OpenStandardInput();
        using var verdicts = Console.OpenStandardOutput();
        Console.SetIn(TextReader.Null);
        verdicts.Write([2, 0, 0, 0, (byte)'{', (byte)'}']); // ready
        byte[] head = new byte[4];
        while (jobs.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4)
        {
            byte[] body = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            jobs.ReadExactly(body);
            byte[] reply = Answer(body, characters);
            BinaryPrimitives.WriteInt32LittleEndian(head, reply.Length);
            verdicts.Write(head);
            verdicts.Write(reply);
            verdicts.Flush();
        }
        return 0;
    }

    private static byte[] Answer(byte[] body, int characters)
    {
        using var job = JsonDocument.Parse(body);
        byte[] program = job.RootElement.GetProperty("program").GetBytesFromBase64();
        var output = new BoundedWriter(characters);
        Console.SetOut(output);
        Console.SetError(output);
        Exception? failure = null;
        int at = -1;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var thread = new Thread(() => (failure, at) = Execute(program), StackBytes) { IsBackground = true };
        thread.Start();
        thread.Join();
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        string outcome = output.Full ? "TooMuchOutput" : failure switch
        {
            null => "Passed",
            OutOfMemoryException or InsufficientMemoryException => "OutOfMemory",
            _ => "Failed",
        };
        string message = output.Full ? $"more than {characters} characters of output"
            : failure is null ? "" : $"{failure.GetType().Name}: {failure.Message}";
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["nonce"] = job.RootElement.GetProperty("nonce").GetString()!,
            ["outcome"] = outcome,
            ["message"] = message.ReplaceLineEndings(" "),
            ["output"] = output.ToString(),
            ["case"] = at,
            ["cpuMs"] = (long)cpu.TotalMilliseconds,
        });
    }

    // A context of its own for each program, so that no static of one is seen by the next.
    private static (Exception? Failure, int At) Execute(byte[] program)
    {
        var context = new AssemblyLoadContext("program", isCollectible: true);
        CaseReader? at = null;
        try
        {
            var assembly = context.LoadFromStream(new MemoryStream(program));
            at = new CaseReader(assembly.GetType("Expect")?.GetProperty("At"));
            foreach (var test in TestsOf(assembly)) test.Invoke(null, null);
            return (null, -1);
        }
        catch (TargetInvocationException e)
        {
            var inner = e.InnerException ?? e;
            while (inner is TypeInitializationException or TargetInvocationException && inner.InnerException is { } deeper) inner = deeper;
            return (inner, at?.Value ?? -1);
        }
        catch (Exception e)
        {
            return (e, at?.Value ?? -1);
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<MethodInfo> TestsOf(Assembly assembly)
    {
        var type = assembly.GetType("Tests") ?? throw new InvalidOperationException("the tests have no class 'Tests'");
        var tests = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(void) && m.GetParameters().Length == 0 && !m.IsGenericMethod)
            .OrderBy(m => m.MetadataToken).ToList();
        return tests.Count > 0 ? tests
            : throw new InvalidOperationException("class 'Tests' has no public static void method without parameters");
    }

    private sealed class CaseReader(PropertyInfo? property)
    {
        public int Value => property?.GetValue(null) is int value ? value : -1;
    }

    /// <summary>Keeps what fits, and throws at what does not.</summary>
    private sealed class BoundedWriter(int characters) : TextWriter
    {
        private readonly StringBuilder _kept = new();

        public bool Full { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            int room = characters - _kept.Length;
            _kept.Append(buffer[..Math.Min(room, buffer.Length)]);
            if (buffer.Length <= room) return;
            Full = true;
            throw new IOException("the output is full");
        }

        public override string ToString() => _kept.ToString();
    }
}
