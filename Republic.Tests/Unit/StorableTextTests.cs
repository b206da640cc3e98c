using System.Text.Json;
using Republic.Core;
using Republic.Core.Training;

namespace Republic.Tests.Unit;

/// <summary>PostgreSQL's jsonb refuses a NUL, and a model that a run has broken writes one sooner or later.</summary>
public sealed class StorableTextTests
{
    public static TheoryData<JsonSerializerOptions> Stored => [SnakeCaseJson.Compact, TrainingJson.Options];

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_nul_is_left_out_of_what_is_stored(JsonSerializerOptions options)
    {
        var json = JsonSerializer.Serialize(new { text = "1\0 wish\0", names = new Dictionary<string, string> { ["a"] = "\0" } }, options);

        Assert.Equal("""{"text":"1 wish","names":{"a":""}}""", json);
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_text_about_a_nul_stays_as_it_was_written(JsonSerializerOptions options)
    {
        const string Text = """In JSON it is \u0000.""";

        var read = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(Text, options), options);

        Assert.Equal(Text, read);
        Assert.Null(JsonSerializer.Deserialize<string?>("null", options));
    }
}
