using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;
using Republic.Tests.Architecture;

namespace Republic.Tests.Unit.Llama.Grammars;

/// <summary>Texts that are written at random by the grammars of schemas made at random, by the word of the npm package ajv.</summary>
public sealed class SeededSchemaTests
{
    private const int Schemas = 300;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_of_a_schema_satisfies_it()
    {
        var schemas = new SeededSchemas(seed: 75);
        var random = new SeededRandom(75);
        var lines = new List<string>();
        for (var i = 0; i < Schemas; i++)
        {
            var schema = schemas.Next();
            var grammar = new Grammar(SchemaGrammar.Of(schema));
            lines.Add(
                new JsonObject { ["schema"] = schema, ["text"] = FollowedGrammar.Write(grammar, random, random.Next(200)) }.ToJsonString()
            );
        }

        Assert.Equal($"{Schemas} satisfy their schemas", await JudgeAsync(lines));
    }

    private static async Task<string> JudgeAsync(List<string> lines)
    {
        var start = new ProcessStartInfo(
            "node",
            [Path.Combine(SourceFile.Root, "Republic.Tests", "World", "schema-judge.cjs"), Path.Combine(SourceFile.Root, "node_modules")]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(Ct);
        await node.StandardInput.WriteAsync(string.Join('\n', lines).AsMemory(), Ct);
        node.StandardInput.Close();
        return (await output).Trim();
    }
}
