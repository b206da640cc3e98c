using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_trains_a_minion_and_ends_well()
    {
        var folder = Directory.CreateTempSubdirectory("republic-demo-test-").FullName;
        try
        {
            var (exitCode, output, error) = await World.Cli.RunAsync(folder, "", "--demo");

            Assert.True(exitCode == 0, output + error);
            Assert.Contains("9 finalize", output);
            Assert.Contains("held-out rows in", output);
            Assert.Matches("; kept \\d+ of (7[0-9]|80) answers", output);
            Assert.Contains("and live as version 1", output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
