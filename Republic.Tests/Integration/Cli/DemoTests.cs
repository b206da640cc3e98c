using System.Diagnostics;
using System.Globalization;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary>The run with the usual settings takes two minutes alone, and ten beside others: its one thread is one of a dozen then.</summary>
[Collection(nameof(Alone))]
public sealed class DemoTests(TestDatabases databases)
{
    [Fact(Timeout = TimeLimit.Long)]
    public async Task The_demo_trains_a_minion_and_ends_well()
    {
        var folder = Directory.CreateTempSubdirectory("republic-demo-test-").FullName;
        try
        {
            var (exitCode, output, error) = await World.Cli.RunAsync(folder, "", "--demo");

            Assert.True(exitCode == 0, output + error);
            Assert.Contains("Code review was played to its end: success.", output);
            Assert.Contains("9 finalize", output);
            Assert.Contains("held-out rows in", output);
            Assert.Matches("; kept [0-9]{2,3} of [0-9]{2,3} answers", output);
            Assert.Contains("and made live as version 1", output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Told_to_end_in_the_middle_of_its_training_it_ends()
    {
        var folder = Directory.CreateTempSubdirectory("republic-demo-test-");
        var database = await databases.NewAsync();
        var ct = TestContext.Current.CancellationToken;
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "republic.dll"), "--demo"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                WorkingDirectory = folder.FullName,
            };
            start.Environment["REPUBLIC_DATA"] = folder.FullName;
            start.Environment["ConnectionStrings__Db"] = database;
            using var demo = Process.Start(start)!;
            while (
                await demo.StandardOutput.ReadLineAsync(ct) is { } line && !line.Contains("3 configure traits", StringComparison.Ordinal)
            ) { }

            using var kill = Process.Start("kill", ["-TERM", demo.Id.ToString(CultureInfo.InvariantCulture)]);
            var rest = await demo.StandardOutput.ReadToEndAsync(ct);
            await demo.WaitForExitAsync(ct);

            Assert.Equal(130, demo.ExitCode);
            Assert.DoesNotContain("9 finalize", rest, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
            await databases.DropAsync(database);
        }
    }
}
