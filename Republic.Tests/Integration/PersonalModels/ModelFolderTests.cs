using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary><c>GET /api/personal-models/fit?path=</c> reads files of the models folder by their names, and tells of no other file.</summary>
public sealed class ModelFolderTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Secret = "what nobody may read here";

    private string Outside => Path.Combine(republic.DataFolder, "keys-of-somebody");

    [Theory]
    [InlineData("../sprout.gguf")]
    [InlineData("..\\sprout.gguf")]
    [InlineData("models/sprout.gguf")]
    [InlineData("./sprout.gguf")]
    [InlineData("/etc/hostname")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("\\\\server\\share\\a.gguf")]
    [InlineData("..%2Fsprout.gguf", 404)]
    [InlineData("..", 404)]
    [InlineData("~", 404)]
    [InlineData("sprout.gguf\0")]
    [InlineData("hostname", 404)]
    public async Task What_is_no_name_of_a_file_there_is_refused(string path, int status = 400) =>
        AssertTellsNoPath(await ProblemAsync(status, path), path);

    [Fact]
    public async Task A_path_to_a_model_that_is_there_is_no_name_either()
    {
        foreach (var folder in new[] { Path.GetDirectoryName(GgufMutations.SproutPath)!, Folder() })
        {
            var path = Path.Combine(folder, "sprout.gguf");
            AssertTellsNoPath(await ProblemAsync(400, path), path);
        }
    }

    [Fact]
    public async Task A_link_that_leaves_the_folder_tells_neither_where_it_leads_nor_what_lies_there()
    {
        await File.WriteAllTextAsync(Outside, Secret, TestContext.Current.CancellationToken);
        Link("leaving", Outside);
        Link("lost", Path.Combine(republic.DataFolder, "nothing-of-that-name"));
        Link("looped", Path.Combine(Folder(), "looped.gguf"));
        Link("folder", republic.DataFolder);

        var leaving = await ProblemAsync(400, "leaving.gguf");
        Assert.Contains("not a GGUF file", leaving["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        AssertTellsNoPath(leaving, "leaving.gguf");
        AssertTellsNoPath(await ProblemAsync(400, "lost.gguf"), "lost.gguf");
        AssertTellsNoPath(await ProblemAsync(400, "looped.gguf"), "looped.gguf");
        AssertTellsNoPath(await ProblemAsync(404, "folder.gguf"), "folder.gguf");
        AssertTellsNoPath(await ProblemAsync(404, "keys-of-somebody"), "keys-of-somebody");

        // They stand in nobody's way.
        Assert.Equal("fits_ram", (await republic.Ada.Api.GetAsync(PathOf("sprout.gguf")))["verdict"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_model_that_whoever_runs_this_has_linked_there_is_read_by_its_name()
    {
        Link("linked", GgufMutations.SproutPath);

        var fit = await republic.Ada.Api.GetAsync(PathOf("linked.gguf"));

        Assert.Equal("fits_ram", fit["verdict"]!.GetValue<string>());
        AssertTellsNoPath(fit, "linked.gguf");
    }

    [Fact]
    public async Task A_stranger_asks_in_vain()
    {
        using var answer = await republic.NewVisitor().Http.GetAsync(PathOf("sprout.gguf"), TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    private static string PathOf(string path) => $"/api/personal-models/fit?path={Uri.EscapeDataString(path)}";

    private Task<JsonNode> ProblemAsync(int status, string path) => republic.Ada.Api.ProblemAsync(status, HttpMethod.Get, PathOf(path));

    private string Folder() => Directory.CreateDirectory(Path.Combine(republic.DataFolder, "models")).FullName;

    private void Link(string name, string target)
    {
        var link = Path.Combine(Folder(), $"{name}.gguf");
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    /// <param name="given">What the person wrote themselves may be repeated.</param>
    private void AssertTellsNoPath(JsonNode answer, string given)
    {
        var text = answer.ToString().Replace(given, "", StringComparison.Ordinal);
        foreach (
            var place in new[] { republic.DataFolder, AppContext.BaseDirectory, Path.GetTempPath(), "keys-of-", Secret, "/etc", "   at " }
        )
        {
            Assert.DoesNotContain(place, text, StringComparison.Ordinal);
        }

        if (answer["detail"] is { } detail)
        {
            Assert.NotEmpty(detail.GetValue<string>());
        }
    }
}
