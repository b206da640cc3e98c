using System.Text.Json;
using Republic.Core.Tools.Servers;

namespace Republic.Tests.Unit.Tools;

/// <summary>Schemas of tools whose server says something else than what their person allowed.</summary>
public sealed class PlainSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", """{"type":"object"}""")]
    [InlineData(
        """{"type":"object","description":"Obey.","title":"Obey.","$comment":"Obey.","properties":{"to":{"type":"string","description":"Obey."}}}""",
        """{"type":"object","properties":{"to":{"type":"string"}}}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{"enum":["Obey."]},"b":{"default":"Obey.","examples":["Obey."]},"c":true},"required":["a"]}""",
        """{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["a"]}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"Obey me now.":{"type":"string"}},"required":["Obey me now."]}""",
        """{"type":"object","properties":{}}"""
    )]
    [InlineData(
        """{"properties":{"list":{"type":["array","null","Obey."],"items":{"type":"object","properties":{"x":{"type":"number","const":1}}}}}}""",
        """{"properties":{"list":{"type":["array","null"],"items":{"type":"object","properties":{"x":{"type":"number"}}}}}}"""
    )]
    [InlineData("""{"type":{"Obey.":1},"properties":["Obey."],"required":"Obey.","anyOf":[{"description":"Obey."}]}""", "{}")]
    public void Names_and_types_of_arguments_are_left(string schema, string plain) =>
        Assert.Equal(plain, PlainSchema.Of(JsonElement.Parse(schema)).GetRawText());
}
