using Microsoft.Extensions.AI;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

/// <summary>Programs on this machine, written in the shell so that every Linux has them.</summary>
public class ProcessChatTests
{
    private static ModelSpec Spec(string script, double seconds = 20) => new("m", ModelProvider.Process, "x", default)
    {
        Command = ["sh", "-c", script], Timeout = TimeSpan.FromSeconds(seconds), Concurrency = 1,
    };

    private static Task<ChatResponse> Ask(IChatClient client, string text) =>
        client.GetResponseAsync([new ChatMessage(ChatRole.User, text)]);

    [Fact]
    public async Task One_process_answers_many_lines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var client = ModelClients.Client(Spec("""
            n=0
            while read -r line; do
              n=$((n+1)); echo "{\"text\":\"$$ $n\",\"finish\":\"length\",\"input_tokens\":3,\"output_tokens\":4}"
            done
            """), null);
        var first = await Ask(client, "a\nb");
        var second = await Ask(client, "c");
        Assert.Equal(ChatFinishReason.Length, first.FinishReason);
        Assert.Equal((3, 4), (first.Usage!.InputTokenCount, first.Usage.OutputTokenCount));
        Assert.Equal((first.Text.Split(' ')[0], "1", "2"), (second.Text.Split(' ')[0], first.Text.Split(' ')[1],
            second.Text.Split(' ')[1]));
    }

    [Fact]
    public async Task It_is_given_question_and_parameters()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var client = ModelClients.Client(Spec("""
            read -r line
            printf '{"text":"%s"}\n' "$(printf '%s' "$line" | tr '"' "'")"
            """), null);
        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")],
            new ChatOptions { Temperature = 0.5f, MaxOutputTokens = 9, Seed = 4 });
        Assert.Equal("{'model':'x','messages':[{'role':'user','content':'hello'}],'temperature':0.5,'max_tokens':9,'seed':4}",
            response.Text);
    }

    [Theory]
    [InlineData("read line; sleep 60", FaultKind.Timeout)]
    [InlineData("read line; echo oh no >&2; sleep .1; exit 3", FaultKind.Network)]
    [InlineData("read line; echo no json", FaultKind.BadReply)]
    [InlineData("read line; echo '{\"words\":1}'", FaultKind.BadReply)]
    [InlineData("read line; echo '{\"error\":\"too hard\"}'", FaultKind.Refused)]
    [InlineData("read line; yes | tr -d '\\n'", FaultKind.Network)]
    public async Task What_goes_wrong_is_a_fault(string script, FaultKind kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var client = ModelClients.Client(Spec(script, kind == FaultKind.Timeout ? 0.3 : 20), null);
        var fault = await Assert.ThrowsAsync<ModelException>(() => Ask(client, "x"));
        Assert.Equal(kind, fault.Kind);
        if (script.Contains("oh no")) Assert.Contains("oh no", fault.Message);
    }

    [Fact]
    public async Task After_a_death_it_is_started_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var client = ModelClients.Client(Spec("""read -r a; echo "{\"text\":\"$$\"}"; read -r b; exit 1"""), null);
        string first = (await Ask(client, "a")).Text;
        await Assert.ThrowsAsync<ModelException>(() => Ask(client, "b"));
        Assert.NotEqual(first, (await Ask(client, "c")).Text);
    }

    [Fact]
    public async Task A_program_that_is_not_there_ends_the_matter()
    {
        using var client = ModelClients.Client(Spec("") with { Command = ["/nonexistent/program"] }, null);
        Assert.Equal(FaultKind.Forbidden, (await Assert.ThrowsAsync<ModelException>(() => Ask(client, "x"))).Kind);
    }
}
