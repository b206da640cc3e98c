using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;
using Republic.Core.Host;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.MiniLm;
using Republic.Tests.Architecture;

namespace Republic.Tests.Unit.Doctor;

public sealed class ModelExaminationTests : IDisposable
{
    private static readonly DatabaseState Away = new(DatabaseCondition.Away);
    private static readonly ModelHostStatus Runs = new(ModelHostState.Running, 7, 0, null);
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-doctor-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    [Fact]
    public void The_digests_of_the_built_in_models_are_those_of_their_files()
    {
        foreach (var name in (string[])["sprout.gguf", "sprout.intents"])
        {
            Assert.Equal(GgufHash.Of(Path.Combine(SourceFile.Root, "models", name)), BuiltInModelExamination.Files[name]);
        }

        Assert.Equal(MiniLmFile.Sha256, BuiltInModelExamination.Files["all-minilm-l6-v2.gguf"]);
        Assert.Equal(
            new DirectoryInfo(Path.Combine(SourceFile.Root, "models")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal),
            BuiltInModelExamination
                .Files.Keys.Where(name => name.StartsWith("sprout", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Built_in_files_that_are_missing_or_changed_are_named()
    {
        foreach (var name in BuiltInModelExamination.Files.Keys.Except(["sprout.words.txt", "all-minilm-l6-v2.gguf"]))
        {
            var source = Path.Combine(SourceFile.Root, "models", name);
            File.Copy(source, Path.Combine(data.Root, name));
        }

        await File.AppendAllTextAsync(Path.Combine(data.Root, "sprout.intents"), "x", Ct);
        await File.AppendAllTextAsync(Path.Combine(data.Root, "sprout.facts.json"), "\n", Ct);

        var found = await new BuiltInModelExamination(data.Root).ExamineAsync(Away, Ct);

        Assert.Equal([FindingLevel.Warning, FindingLevel.Trouble, FindingLevel.Trouble], found.Select(finding => finding.Level));
        Assert.Contains("all-minilm-l6-v2.gguf, is missing", found[0].Summary, StringComparison.Ordinal);
        Assert.EndsWith(": sprout.words.txt.", found[1].Summary, StringComparison.Ordinal);
        Assert.EndsWith(": sprout.intents.", found[2].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_host_of_this_server_is_judged_by_how_it_runs()
    {
        Assert.Equal((FindingLevel.Good, "The model host runs."), await HostAsync(Runs));
        Assert.Equal(FindingLevel.Good, (await HostAsync(Runs with { Crashes = 2 })).Level);
        Assert.StartsWith("The model host ended by itself 3 times", (await HostAsync(Runs with { Crashes = 3 })).Summary);
        Assert.Equal(
            (FindingLevel.Trouble, "Local models do not run: There are no libraries."),
            await HostAsync(new(ModelHostState.Unavailable, null, 0, "There are no libraries\nhere"))
        );
        Assert.Equal(FindingLevel.Good, (await HostAsync(new(ModelHostState.Unavailable, null, 9, null), isEnabled: false)).Level);
        // A command has no model host, and must not start to ask one.
        Assert.Equal(FindingLevel.Good, (await HostAsync(new(ModelHostState.Unavailable, null, 9, null), isServed: false)).Level);
    }

    [Fact]
    public async Task A_file_that_the_model_host_crashed_over_is_named()
    {
        var file = Path.Combine(data.Folder("models"), "broken.gguf");
        await File.WriteAllTextAsync(file, "GGUF", Ct);
        new ModelQuarantine(Path.Combine(data.Folder("model-host"), ModelQuarantine.FileName)).Add(
            ModelFile.Of(new FileInfo(file)),
            DateTimeOffset.UnixEpoch
        );

        var (level, summary) = await HostAsync(Runs);

        Assert.Equal(FindingLevel.Warning, level);
        Assert.Contains("crashed over 1 file, and does not load it any more: broken.gguf.", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libllama.v0.5.0.so", "v0.5.0")]
    [InlineData("libllama.so", null)]
    [InlineData("llama.dll", null)]
    public void The_version_of_llama_cpp_stands_in_the_name_of_its_library(string file, string? version) =>
        Assert.Equal(version, LlamaLibraries.VersionIn(file));

    [Fact]
    public async Task The_versions_of_all_parts_are_listed()
    {
        var found = await new VersionExamination().ExamineAsync(Away with { ServerVersion = "18.4" }, Ct);

        Assert.StartsWith("Republic ", found[0].Summary, StringComparison.Ordinal);
        Assert.Contains(", PostgreSQL 18.4, ", found[0].Summary, StringComparison.Ordinal);
        Assert.Contains(", .NET ", found[0].Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("PostgreSQL", (await new VersionExamination().ExamineAsync(Away, Ct))[0].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_names_is_cut()
    {
        Assert.Equal("a, b", NameList.Of(["a", "b"]));
        Assert.Equal("a, b, c, d, e and 2 more", NameList.Of(["a", "b", "c", "d", "e", "f", "g"]));
    }

    private async Task<(FindingLevel Level, string Summary)> HostAsync(ModelHostStatus status, bool isEnabled = true, bool isServed = true)
    {
        var finding = Assert.Single(
            await new ModelHostExamination(
                new Installation { IsServed = isServed },
                data,
                Options.Create(new ModelHostOptions { Enabled = isEnabled }),
                () => isServed ? status : throw new InvalidOperationException("Nobody serves.")
            ).ExamineAsync(Away, Ct)
        );
        Assert.Equal(("model_host", finding.Level != FindingLevel.Good), (finding.Check, finding.Advice is not null));
        return (finding.Level, finding.Summary);
    }
}
