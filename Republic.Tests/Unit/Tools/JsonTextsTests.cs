using System.Text.Json;
using Republic.Core.Tools;

namespace Republic.Tests.Unit.Tools;

/// <summary>Texts in JSON that somebody else wrote.</summary>
public sealed class JsonTextsTests
{
    [Theory]
    [InlineData("""{"name":"a"}""", "a")]
    [InlineData("""{"name":1}""", null)]
    [InlineData("""{"name":"\ud800"}""", null)]
    [InlineData("""{"\ud800":"b"}""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    public void What_is_no_text_is_none(string json, string? text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<JsonElement>(json).Text("name"));
}
