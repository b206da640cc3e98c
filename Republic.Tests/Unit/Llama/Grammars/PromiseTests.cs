using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;

namespace Republic.Tests.Unit.Llama.Grammars;

/// <summary>Schemas whose parts say something of each other, and those that would cost too much.</summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData(
        """{"type":"object","additionalProperties":{"type":"string"},"anyOf":[{"properties":{"n":{"type":["integer","string"]}},"required":["n"]}]}""",
        """{"n":"5"}""",
        """{"n":5}"""
    )]
    [InlineData("""{"type":"object","propertyNames":{"type":["string","null"],"maxLength":2}}""", """{"ab":1}""", "{null:1}")]
    [InlineData("""{"type":"object","propertyNames":false}""", "{}", """{"a":1}""")]
    [InlineData("""{"type":"number","minimum":0,"multipleOf":0.01}""", "2024.19", "19.999")]
    [InlineData("""{"type":"integer","multipleOf":1,"maximum":99999}""", "-2024", "100000")]
    [InlineData("""{"type":"string","format":"uri","minLength":1,"maxLength":2083}""", "\"https://example.org/a\"", "\"\"")]
    [InlineData("""{"type":"string","enum":["a","b"],"x-order":1,"title":"T"}""", "\"b\"", "\"c\"")]
    [InlineData(
        """{"allOf":[{"allOf":[{"properties":{"a":{}},"required":["a"]}]},{"allOf":[{"properties":{"b":{}},"required":["b"]}]}]}""",
        """{"a":1,"b":2}""",
        """{"a":1}"""
    )]
    [InlineData("""{"type":"array","items":{"type":"null"},"maxItems":1}""", "[null]", "[null,null]")]
    [InlineData("""{"type":"object","properties":{},"required":[]}""", "{}", """{"a":1}""")]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{}},"additionalProperties":false},{"properties":{"b":{}}}]}""",
        """{"a":1}""",
        """{"a":1,"b":2}"""
    )]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":{"type":"null"}}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"type":"object","properties":{"":{"type":"integer"}},"required":[""]}""", """{"":1}""", "{}")]
    public void What_its_parts_say_of_each_other_holds(string schema, string good, string bad)
    {
        var grammar = new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema)));

        Assert.True(FollowedGrammar.Accepts(grammar, good), good);
        Assert.False(FollowedGrammar.Accepts(grammar, bad), bad);
    }

    [Theory]
    [InlineData("""{"allOf":[{"type":"object","patternProperties":{"^x":{"type":"integer"}}},{"additionalProperties":false}]}""")]
    [InlineData("""{"allOf":[{"prefixItems":[{"type":"string"}]},{"items":{"type":"integer"}}]}""")]
    [InlineData(
        """{"oneOf":[{"type":["object","null"],"properties":{"k":{"const":"a"}},"required":["k"]},{"type":["object","null"],"properties":{"k":{"const":"b"}},"required":["k"]}]}"""
    )]
    [InlineData("""{"type":"string","pattern":"^(?:(?:(?:a{0,65536}){0,65536}){0,65536}){0,65536}$","maxLength":5}""")]
    [InlineData("""{"required":[null]}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{}}},{"properties":{"a":null}}]}""")]
    [InlineData("""{"type":"number","minimum":1e-2147483648}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"anyOf":{"type":"null"}}""")]
    [InlineData("""{"allOf":true}""")]
    [InlineData("""{"type":"array","prefixItems":{"type":"string"}}""")]
    [InlineData("""{"type":"object","properties":[]}""")]
    [InlineData("""{"type":"object","patternProperties":[]}""")]
    public void What_they_cannot_say_at_once_is_refused(string schema) =>
        Assert.Throws<GrammarException>(() => new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema))));

    [Fact]
    public void Schemas_made_to_cost_much_cost_little()
    {
        var nested = """{"type":"null"}""";
        for (var i = 0; i < 40; i++)
        {
            nested = $$"""{"type":"array","maxItems":1,"items":{{nested}}}""";
        }

        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"{number}\""));
        var references = string.Join(
            ',',
            Enumerable.Range(0, 1_400).Select(number => $$"""{"$ref":"#/$defs/big","maxLength":{{number}}}""")
        );
        var steps = string.Join(',', Enumerable.Range(0, 6_000).Select(number => $$"""{"type":"number","multipleOf":3}"""));
        string[] schemas =
        [
            """{"type":"string","pattern":"^(?:(?:(?:(?:(?:(?:(?:(?:){64}){64}){64}){64}){64}){64}){64}){64}$"}""",
            """{"type":"string","pattern":"^(?:(?:(?:(?:(?:(?:(?:(?:a){64}){64}){64}){64}){64}){64}){64}){64}$"}""",
            nested,
            $$"""{"anyOf":[{{references}}],"$defs":{"big":{"enum":[{{names}}]} } }""",
            $$"""{"anyOf":[{{steps}}]}""",
            $$"""{"type":"string","pattern":"[{{string.Concat(Enumerable.Range(0, 20_000).Select(number => char.ConvertFromUtf32(0x4E00 + number)))}}]"}""",
        ];
        var begun = Stopwatch.GetTimestamp();
        foreach (var schema in schemas)
        {
            try
            {
                _ = new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema)));
            }
            catch (GrammarException)
            {
                // Refused is cheap too.
            }
        }

        // Each of them took minutes, or did not end.
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("""{"type":"string","pattern":"^TEXT$"}""", """{"$ref":"#/$defs/big","minLength":0}""", "anyOf")]
    [InlineData("""{"const":"TEXT"}""", """{"$ref":"#/$defs/big","type":"string"}""", "anyOf")]
    [InlineData("""{"properties":{"TEXT":{}}}""", """{"$ref":"#/$defs/big","type":"object"}""", "anyOf")]
    [InlineData("true", """{"properties":{"k":{"const":NUMBER}},"required":["k"]}""", "oneOf")]
    [InlineData("true", """{"enum":[NUMBER,"NUMBER","a NUMBER","b NUMBER","c NUMBER"]}""", "oneOf")]
    public void What_is_written_out_or_compared_again_and_again_is_refused(string big, string part, string word)
    {
        var parts = Enumerable.Range(0, 2_000).Select(number => part.Replace("NUMBER", $"{number}", StringComparison.Ordinal));
        var schema =
            $$"""{"{{word}}":[{{string.Join(',', parts)}}],"$defs":{"big":{{big.Replace("TEXT", new string('a', 60_000), StringComparison.Ordinal)}}} }""";

        var refused = Assert.Throws<GrammarException>(() => SchemaGrammar.Of(JsonNode.Parse(schema)));

        Assert.Contains("too large", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_is_named_again_and_again_is_one()
    {
        var types = string.Join(',', Enumerable.Repeat("\"string\"", 5_000));
        var schema = $$"""{"type":[{{types}}],"pattern":"^{{new string('a', 5_000)}}$"}""";

        Assert.True(FollowedGrammar.Accepts(new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema))), $"\"{new string('a', 5_000)}\""));
    }

    [Fact]
    public void What_was_found_out_is_forgotten_before_it_is_too_much_and_found_out_anew()
    {
        var grammar = new Grammar(SchemaGrammar.Of(JsonNode.Parse("""{"type":"array","items":{"type":"string","maxLength":1000}}""")));
        var text = $"[{string.Join(',', Enumerable.Range(0, 30).Select(_ => $"\"{new string('a', 1000)}\""))}]";

        Assert.True(FollowedGrammar.Accepts(grammar, text));
        Assert.True(FollowedGrammar.Accepts(grammar, text));
        Assert.False(FollowedGrammar.Accepts(grammar, text.Replace("\"]", "a\"]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Equal_parts_are_written_out_equally_wherever_they_stand()
    {
        var words = string.Join(',', Enumerable.Range(0, 300).Select(number => $"\"word {new SeededRandom((ulong)number).NextUInt64()}\""));
        var schema =
            $$"""{"type":"object","properties":{"x":{"type":"null"},"a":{"type":"array","maxItems":60,"items":{"enum":[{{words}}]} } } }""";

        Assert.True(FollowedGrammar.Accepts(new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema))), """{"x":null,"a":[]}"""));
    }

    [Fact]
    public void However_deep_a_text_gets_it_can_be_brought_to_its_end()
    {
        var grammar = new Grammar(JsonExpressions.Object) { Allowance = 100_000_000 };
        var state = grammar.Start;
        var depth = 0;
        while (state.Next("{\"a\":"u8) is { } deeper)
        {
            (state, depth) = (deeper, depth + 1);
        }

        Assert.InRange(depth, 50, 1000);
        Assert.True(state.Next([.. "null"u8, .. Enumerable.Repeat((byte)'}', depth)])?.Accepts);
    }
}
