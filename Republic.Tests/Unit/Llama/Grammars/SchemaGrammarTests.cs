using System.Text.Json.Nodes;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;

namespace Republic.Tests.Unit.Llama.Grammars;

public sealed class SchemaGrammarTests
{
    [Theory]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["b"]}""",
        """{"b":"x"}""",
        """{"a":1}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["b"]}""",
        """{"a": [1, {}], "b": null, "c":"é"}""",
        """{"b":1,"a":2}"""
    )]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{}}}""", """{}""", """{"a":1,}""")]
    [InlineData("""{"type":"object","required":["x"],"additionalProperties":{"type":"boolean"}}""", """{"x":true}""", """{"x":1}""")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{},"c":{}},"minProperties":2}""", """{"a":1,"b":2}""", """{"a":1}""")]
    [InlineData(
        """{"type":"object","additionalProperties":{"type":"integer"},"maxProperties":2}""",
        """{"a":1,"b":2}""",
        """{"a":1,"b":2,"c":3}"""
    )]
    [InlineData("""{"type":"object","propertyNames":{"pattern":"^[a-z]+$"}}""", """{"abc":1}""", """{"Abc":1}""")]
    [InlineData("""{"type":"array","items":{"enum":["a","b"]},"minItems":1,"maxItems":2}""", """["a", "b"]""", """[]""")]
    [InlineData(
        """{"type":"array","prefixItems":[{"type":"string"},{"type":"null"}],"items":false}""",
        """["a",null]""",
        """["a",null,1]"""
    )]
    public void An_object_or_list_is_taken_where_it_satisfies_its_schema(string schema, string good, string bad) =>
        AssertFollowed(schema, good, bad);

    [Theory]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"é\\\"\"", "\"abcd\"")]
    [InlineData("""{"type":"string","pattern":"^[ab]{2}c?$"}""", "\"abc\"", "\"ab \"")]
    [InlineData("""{"type":"string","pattern":"b"}""", "\"abc\"", "\"acd\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2026-11-30\"", "\"2026-11-31\"")]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"const":{"a":["é\n",1.50]}}""", """{"a":["é\n",1.50]}""", """{"a":[]}""")]
    [InlineData("""{"enum":[1,"1",null],"type":"string"}""", "\"1\"", "1")]
    [InlineData("""{"anyOf":[{"type":"integer","maximum":3},{"type":"string"}]}""", "3", "4")]
    [InlineData(
        """{"oneOf":[{"properties":{"t":{"const":"a"}},"required":["t"]},{"properties":{"t":{"const":"b"}},"required":["t"]}]}""",
        """{"t":"b"}""",
        """{"t":"c"}"""
    )]
    [InlineData(
        """{"allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"type":"null"}},"required":["b"]}]}""",
        """{"a":1,"b":null}""",
        """{"a":1}"""
    )]
    [InlineData("""{"type":"integer","allOf":[{"minimum":3},{"minimum":5},{"maximum":7}]}""", "5", "4")]
    [InlineData(
        """{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#/$defs/tree"},{"type":"null"}]}},"required":["next"]}}}""",
        """{"next":{"next":null}}""",
        """{"next":{}}"""
    )]
    [InlineData("""{"$ref":"#/definitions/a~1b","definitions":{"a/b":{"type":"number","multipleOf":0.5}}}""", "2.5", "2.4")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"maximum":1}""", "0.000001", "0")]
    [InlineData("""{"type":"integer","minimum":12345678901234567890}""", "12345678901234567890", "12345678901234567889")]
    [InlineData("""{"type":"integer","multipleOf":7,"minimum":10,"maximum":30}""", "21", "22")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""", "null", "1")]
    [InlineData("true", """[1,{"a":"b"}]""", "nul")]
    [InlineData("""{"minLength":2}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"type":"object","properties":{"a\"b":{"type":"null"}},"required":["a\"b"]}""", """{"a\"b":null}""", """{"a"b":null}""")]
    public void A_value_is_taken_where_it_satisfies_its_schema(string schema, string good, string bad) => AssertFollowed(schema, good, bad);

    [Theory]
    [InlineData("""{"not":{"type":"null"}}""", "“not”")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "“uniqueItems”")]
    [InlineData("""{"if":{},"then":{}}""", "“if”")]
    [InlineData("""{"type":"wrong"}""", "“wrong”")]
    [InlineData("""{"$ref":"https://example.org/schema"}""", "refers to")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "not in it")]
    [InlineData("""{"$ref":"#"}""", "contradicts itself")]
    [InlineData("""{"allOf":[{"$ref":"#"}],"type":"object"}""", "contains itself|circle")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "contradicts itself")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "contradicts itself")]
    [InlineData("""{"type":"integer","exclusiveMinimum":3,"exclusiveMaximum":4}""", "contradicts itself")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "contradicts itself")]
    [InlineData("false", "contradicts itself")]
    [InlineData("""{"type":"object","required":["a"],"additionalProperties":false}""", "contradicts itself")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"string","maxLength":3}]}""", "anyOf")]
    [InlineData("""{"type":"string","pattern":"(?=a)b"}""", "looks ahead")]
    [InlineData("""{"type":"string","pattern":"a\\b"}""", "cannot be followed")]
    [InlineData("""{"type":"string","pattern":"a("}""", "too many")]
    [InlineData("""{"type":"string","pattern":"[z-a]"}""", "range")]
    [InlineData("""{"type":"string","pattern":"^a*$","maxLength":4}""", "Say the length in the pattern")]
    [InlineData("""{"type":"string","minLength":-1}""", "minLength")]
    [InlineData("""{"type":"number","multipleOf":0}""", "multipleOf")]
    [InlineData("""{"type":"number","minimum":1e999999}""", "too large")]
    [InlineData("""{"type":"number","minimum":"1"}""", "no number")]
    [InlineData("""{"enum":["a"],"pattern":"b"}""", "“pattern”")]
    [InlineData("""{"type":{"a":1}}""", "not a JSON schema")]
    [InlineData("""{"properties":{"a":7}}""", "has to be an object")]
    [InlineData("""[]""", "has to be an object")]
    [InlineData("null", "has to be an object")]
    public void What_cannot_be_promised_is_refused_with_its_reason(string schema, string reason)
    {
        var refused = Assert.Throws<GrammarException>(() => new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema))));

        Assert.Matches(reason, refused.Message);
    }

    [Fact]
    public void What_grows_without_end_is_refused_soon()
    {
        var wide = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        for (var i = 0; i < 30_000; i++)
        {
            wide["properties"]![$"member{i}"] = new JsonObject { ["type"] = "string" };
        }

        Assert.Throws<GrammarException>(() => new Grammar(SchemaGrammar.Of(wide)));
        var deep = new JsonObject { ["type"] = "null" };
        for (var i = 0; i < 200; i++)
        {
            deep = new JsonObject { ["type"] = "array", ["items"] = deep };
        }

        Assert.Throws<GrammarException>(() => new Grammar(SchemaGrammar.Of(deep)));
        Assert.Throws<GrammarException>(() =>
            new Grammar(SchemaGrammar.Of(new JsonObject { ["type"] = "string", ["pattern"] = string.Concat(Enumerable.Repeat("(", 500)) }))
        );
    }

    [Fact]
    public void A_thousand_members_that_may_all_be_left_out_are_followed()
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        for (var i = 0; i < 1000; i++)
        {
            schema["properties"]![$"member{i}"] = new JsonObject { ["type"] = "integer" };
        }

        var grammar = new Grammar(SchemaGrammar.Of(schema));

        Assert.True(FollowedGrammar.Accepts(grammar, """{"member3":1,"member998":2}"""));
        Assert.False(FollowedGrammar.Accepts(grammar, """{"member998":1,"member3":2}"""));
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(a?){500}$")]
    [InlineData("^((a{0,30}){0,30}){0,30}$")]
    public void A_pattern_that_takes_others_exponential_time_is_followed(string pattern)
    {
        var grammar = new Grammar(SchemaGrammar.Of(new JsonObject { ["type"] = "string", ["pattern"] = pattern }));

        Assert.True(FollowedGrammar.Accepts(grammar, $"\"{new string('a', 60)}\""));
        Assert.False(FollowedGrammar.Accepts(grammar, $"\"{new string('a', 60)}b\""));
    }

    private static void AssertFollowed(string schema, string good, string bad)
    {
        var grammar = new Grammar(SchemaGrammar.Of(JsonNode.Parse(schema)));

        Assert.True(FollowedGrammar.Accepts(grammar, good), good);
        Assert.False(FollowedGrammar.Accepts(grammar, bad), bad);
    }
}
