using System.Text.Json;
using Republic.Core.Minions;

namespace Republic.Tests.Unit.Minions;

public sealed class MinionJsonTests
{
    private static readonly MinionInput Standing = new()
    {
        Name = "ada",
        Description = "Reviews",
        MaxTokens = 100,
        Tags = ["code"],
        IsFavorite = true,
    };

    [Fact]
    public void What_is_absent_stays_and_what_is_null_is_cleared()
    {
        var read = Read("""{"description": null, "max_tokens": 200}""");
        Assert.Equal(("ada", null, 200, true), (read.Name, read.Description, read.MaxTokens, read.IsFavorite));
        Assert.Equal(["code"], read.Tags);
        Assert.False(read.ForgetApiKey);
    }

    [Fact]
    public void A_key_is_kept_when_absent_replaced_when_sent_and_forgotten_when_null()
    {
        Assert.Equal((null, false), (Read("{}").ApiKey, Read("{}").ForgetApiKey));
        Assert.Equal("sk-1", Read("""{"api_key": "sk-1"}""").ApiKey);
        Assert.True(Read("""{"api_key": null}""").ForgetApiKey);
    }

    [Theory]
    [InlineData("""{"name": 5}""", "name", "text")]
    [InlineData("""{"max_tokens": "many"}""", "max_tokens", "whole number")]
    [InlineData("""{"max_tokens": 1.5}""", "max_tokens", "whole number")]
    [InlineData("""{"max_tokens": 99999999999}""", "max_tokens", "whole number")]
    [InlineData("""{"temperature": "hot"}""", "temperature", "a number")]
    [InlineData("""{"tags": "code"}""", "tags", "list")]
    [InlineData("""{"tags": [1]}""", "tags", "list")]
    [InlineData("""{"is_favorite": "yes"}""", "is_favorite", "true or false")]
    [InlineData("""{"name": "\ud800"}""", "name", "text")]
    public void A_wrong_type_is_named_with_its_field(string json, string field, string kind)
    {
        var error = Assert.Single(Read(json).Unreadable);
        Assert.Equal(field, error.Field);
        Assert.Contains(kind, error.Message);
    }

    [Fact]
    public void Older_records_write_one_and_zero_for_true_and_false()
    {
        var read = Read("""{"is_active": 1, "is_favorite": 0}""");
        Assert.Equal((true, false), (read.IsActive, read.IsFavorite));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Anything_but_an_object_is_refused(string json) => Assert.False(MinionJson.Read(JsonElement.Parse(json)).Ok);

    private static MinionInput Read(string json) => MinionJson.Read(JsonElement.Parse(json), Standing).Value!;
}
