using System.Diagnostics;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary>What the program does with words that are none of its commands, and with signals.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, "republic train", "--help")]
    [InlineData(0, "republic model merge", "-h")]
    [InlineData(0, "republic --demo", "help")]
    [InlineData(0, "republic ", "--version")]
    [InlineData(0, "--temperature", "chat", "--help")]
    [InlineData(0, "quantize", "model", "--help")]
    [InlineData(0, "--type", "model", "merge", "--help")]
    [InlineData(0, "--finish", "keys", "rotate", "--help")]
    [InlineData(2, "There is no command \"keys rotat\"", "keys", "rotat")]
    [InlineData(0, "republic audit check", "audit", "--help")]
    [InlineData(2, "There is no command \"audit chek\"", "audit", "chek")]
    [InlineData(0, "republic doctor [--json]", "doctor", "--help")]
    [InlineData(2, "no command or option --colour", "doctor", "--json", "--colour", "red")]
    [InlineData(0, "republic restore FILE", "restore", "--help")]
    [InlineData(1, "There is no Republic in", "backup", "monday.zip")]
    [InlineData(1, "There is no file", "restore", "monday.zip")]
    [InlineData(2, "no command or option --colour", "backup", "monday.zip", "--colour", "red")]
    [InlineData(0, "REPUBLIC_TOKEN holds an access token", "pull", "--help")]
    [InlineData(2, "REPUBLIC_TOKEN is not set", "list", "--url", "http://127.0.0.1:9")]
    [InlineData(0, "republic rm MODEL [--yes]", "rm", "--help")]
    [InlineData(0, "republic versions | rollback MODEL", "--help")]
    [InlineData(2, "Which model? Give its name or id", "stop", "--url", "http://127.0.0.1:9")]
    [InlineData(2, "REPUBLIC_TOKEN is not set", "ps", "--url", "http://127.0.0.1:9")]
    [InlineData(2, "no command or option unpinn", "unpinn", "Phi")]
    [InlineData(0, "republic tasks move T-53 STATUS", "tasks", "move", "--help")]
    [InlineData(2, "There is no command \"tasks mvoe\"", "tasks", "mvoe")]
    [InlineData(0, "republic episodes act ID ROLE", "episodes", "act", "--help")]
    [InlineData(2, "There is no command \"episodes folow\"", "episodes", "folow")]
    [InlineData(2, "no command or option --colour", "keys", "status", "--colour", "red")]
    [InlineData(2, "no command or option nonsense", "nonsense")]
    [InlineData(2, "no command or option trian", "trian", "--model", "x")]
    [InlineData(2, "no command or option --someKey", "--someKey", "value")]
    [InlineData(2, "no command or option --verbose", "--demo", "--verbose")]
    [InlineData(2, "--urls needs a value", "serve", "--urls")]
    [InlineData(2, "republic model merge has no option --colour", "model", "merge", "--colour", "red")]
    [InlineData(2, "republic model-host has no option --colour", "model-host", "--colour", "red")]
    public async Task Nothing_is_started_or_made_that_was_not_asked_for(int code, string expected, params string[] args)
    {
        var (exit, output, error) = await World.Cli.RunAsync(folder.FullName, "", args);

        Assert.Equal(code, exit);
        Assert.Contains(expected, code == 0 ? output : error, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("merged.gguf.candidate.unfinished")]
    [InlineData("merged.gguf.candidate")]
    public async Task Terminated_while_it_writes_or_checks_a_merge_leaves_nothing_behind(string meanwhile)
    {
        var ct = TestContext.Current.CancellationToken;
        // Large enough to be met in the middle.
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Width = 256, FeedForward = 1 << 13 });
        var adapter = TinyAdapters.Write(folder.FullName, "odd", model, seed: 4);
        string[] merge = ["model", "merge", "--model", model, "--adapter", adapter, "--out", "merged.gguf"];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "republic.dll"), .. merge])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
        };
        using var process = Process.Start(start)!;
        while (!process.HasExited && !File.Exists(Path.Combine(folder.FullName, meanwhile)))
        {
            await Task.Delay(1, ct);
        }

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);

        Assert.Equal((130, "Stopped. Nothing was written.\n"), (process.ExitCode, said));
        Assert.Equal(["odd.gguf", "tiny.gguf"], folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task Ctrl_c_ends_a_chat_that_waits_for_a_message()
    {
        var ct = TestContext.Current.CancellationToken;
        string[] args = [Path.Combine(AppContext.BaseDirectory, "republic.dll"), "chat", "--model", "sprout", "--threads", "1"];
        var start = new ProcessStartInfo("dotnet", args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var chat = Process.Start(start)!;
        await chat.StandardInput.WriteLineAsync("Hello".AsMemory(), ct);
        await chat.StandardInput.FlushAsync(ct);
        await chat.StandardOutput.ReadLineAsync(ct);

        using var kill = Process.Start("kill", ["-INT", chat.Id.ToString()]);
        await chat.WaitForExitAsync(ct);

        Assert.Equal(130, chat.ExitCode);
    }
}
