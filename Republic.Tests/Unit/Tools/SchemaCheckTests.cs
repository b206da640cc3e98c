using System.Text.Json;
using Republic.Core.Tools.Calls;

namespace Republic.Tests.Unit.Tools;

public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"type": "object"}""", """{"a": 1}""", null)]
    [InlineData("""{"type": "object"}""", "[]", "The whole must be an object.")]
    [InlineData("""{"type": ["string", "null"]}""", "null", null)]
    [InlineData("""{"type": ["string", "null"]}""", "1", "The whole must be a text in quotes or null.")]
    [InlineData("""{"type": "integer"}""", "2.0", null)]
    [InlineData("""{"type": "integer"}""", "2.5", "The whole must be a whole number.")]
    [InlineData("""{"properties": {"n": {"minimum": 1, "maximum": 5}}}""", """{"n": 9}""", "“n” must be 1 to 5.")]
    [InlineData("""{"properties": {"n": {"exclusiveMinimum": 1}}}""", """{"n": 1}""", "“n” must be more than 1.")]
    [InlineData("""{"properties": {"n": {"exclusiveMaximum": 1}}}""", """{"n": 1}""", "“n” must be less than 1.")]
    [InlineData(
        """{"properties": {"a": {"properties": {"b": {"type": "boolean"}}}}}""",
        """{"a": {"b": 1}}""",
        "“a.b” must be true or false."
    )]
    [InlineData("""{"enum": ["a", {"b": 1}]}""", """{"b": 1}""", null)]
    [InlineData("""{"enum": ["a", 2]}""", "3", "The whole must be one of: \"a\", 2.")]
    [InlineData("""{"const": "a"}""", "\"b\"", "The whole must be one of: \"a\".")]
    [InlineData("""{"maxLength": 1}""", "\"🦉\"", null)]
    [InlineData("""{"maxLength": 1}""", "\"ab\"", "The whole must have at most 1 characters, and has 2.")]
    [InlineData("""{"pattern": "^a+$"}""", "\"aab\"", "The whole does not match the pattern ^a+$.")]
    [InlineData("""{"minItems": 1, "maxItems": 2}""", "[1, 2, 3]", "The whole must have 1 to 2 entries, and has 3.")]
    [InlineData("""{"additionalProperties": {"type": "number"}}""", """{"a": "b"}""", "“a” must be a number.")]
    [InlineData("""{"additionalProperties": false, "patternProperties": {"^a": {}}}""", """{"ab": 1}""", null)]
    [InlineData(
        """{"$defs": {"n/m": {"type": "number"}}, "properties": {"a": {"$ref": "#/$defs/n~1m"}}}""",
        """{"a": "b"}""",
        "“a” must be a number."
    )]
    [InlineData("""{"$ref": "https://elsewhere.example/schema"}""", "1", null)]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""", "null", null)]
    [InlineData("""{"oneOf": [{"type": "string"}]}""", "1", "The whole must be a text in quotes.")]
    [InlineData("""{"allOf": [{"required": ["a"]}, {"required": ["b"]}]}""", """{"a": 1}""", "“b” is missing.")]
    [InlineData("true", "1", null)]
    [InlineData("false", "1", "The whole is nothing that the tool takes.")]
    [InlineData(
        """{"type": 7, "required": {}, "properties": [], "enum": "x", "minimum": "y", "items": 3, "allOf": {}}""",
        """{"a": [1]}""",
        null
    )]
    public void It_says_what_is_wrong_and_where(string schema, string arguments, string? problem) =>
        Assert.Equal(problem, SchemaCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(arguments)));

    [Fact]
    public void Of_several_forms_it_says_what_is_wrong_with_the_first()
    {
        var schema = JsonElement.Parse("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""");

        Assert.Equal(
            "The whole has none of the forms that the tool takes. Of the first one: The whole must be a text in quotes.",
            SchemaCheck.Problem(schema, JsonElement.Parse("1"))
        );
    }

    [Theory]
    [InlineData("""{"$ref": "#"}""", "{}")]
    [InlineData("""{"allOf": [{"$ref": "#"}, {"$ref": "#"}]}""", "{}")]
    [InlineData("""{"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}""", "{}")]
    [InlineData("""{"pattern": "^(a+)+$"}""", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"")]
    [InlineData("""{"pattern": "(?=a)b(c"}""", "\"a\"")]
    public async Task A_schema_that_means_harm_ends_soon(string schema, string arguments) =>
        await Task.Run(
                () => SchemaCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(arguments)),
                TestContext.Current.CancellationToken
            )
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
}
