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
    [InlineData(0, "make-sprout", "model", "--help")]
    [InlineData(0, "--type", "model", "merge", "--help")]
    [InlineData(0, "--questions", "model", "exam", "--help")]
    [InlineData(2, "no command or option nonsense", "nonsense")]
    [InlineData(2, "no command or option trian", "trian", "--model", "x")]
    public async Task Nothing_is_started_or_made_that_was_not_asked_for(int code, string expected, params string[] args)
    {
        var (exit, output, error) = await World.Cli.RunAsync(folder.FullName, "", args);

        Assert.Equal(code, exit);
        Assert.Contains(expected, code == 0 ? output : error, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
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
