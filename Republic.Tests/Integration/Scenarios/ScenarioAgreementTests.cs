using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Core.Scenarios.Yaml;
using Republic.Tests.Architecture;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The reader takes exactly what its JSON Schema allows, by the word of the npm packages ajv and yaml.</summary>
public sealed class ScenarioAgreementTests
{
    private static readonly string Documents = Path.Combine(SourceFile.Root, "Republic.Tests", "Unit", "Scenarios", "Yaml", "Documents");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("good", 31, true)]
    [InlineData("bad", 80, false)]
    public async Task The_reader_and_the_schema_judge_every_document_the_same(string folder, int count, bool isScenario)
    {
        var files = Directory.GetFiles(Path.Combine(Documents, folder), "*.yaml");
        var judged = await JudgeAsync(Path.Combine(Documents, folder));
        List<string> wrong = [];
        foreach (var file in files)
        {
            var read = ScenarioYaml.Read(await File.ReadAllTextAsync(file, Ct));
            var (isRead, isAllowed) = (read.Definition is not null, judged[Path.GetFileName(file)]);
            if (isRead != isScenario || isAllowed != isScenario)
            {
                wrong.Add(
                    $"{Path.GetFileName(file)}: read {isRead}, allowed {isAllowed}. {string.Join(' ', read.Problems.Select(problem => problem.Message))}"
                );
            }
        }

        Assert.Equal(count, files.Length);
        Assert.Equal(count, judged.Count);
        Assert.Empty(wrong);
    }

    private static async Task<IReadOnlyDictionary<string, bool>> JudgeAsync(string folder)
    {
        var schema = Path.Combine(SourceFile.Root, "Republic.Core", "Scenarios", "Yaml", "scenario-1.schema.json");
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(SourceFile.Root, "Republic.Tests", "World", "scenario-judge.cjs"),
                Path.Combine(SourceFile.Root, "node_modules"),
                schema,
                folder,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        Assert.True(node.ExitCode == 0, $"{output}\n{await errors}");
        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(line => (string)line["name"]!, line => (bool)line["isScenario"]!, StringComparer.Ordinal);
    }
}
