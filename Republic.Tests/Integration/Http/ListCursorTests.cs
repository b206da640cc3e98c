using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

public sealed class ListCursorTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("/api/citizens")]
    [InlineData("/api/citizens/{me}/memories")]
    [InlineData("/api/conversations")]
    [InlineData("/api/conversations?deleted=true")]
    [InlineData("/api/memories")]
    [InlineData("/api/personal-models")]
    [InlineData("/api/scenarios")]
    [InlineData("/api/search")]
    [InlineData("/api/tasks")]
    [InlineData("/api/tasks/shared")]
    [InlineData("/api/training/comparisons")]
    [InlineData("/api/users/{me}/collections")]
    [InlineData("/api/users/{me}/external-training/jobs")]
    [InlineData("/api/users/{me}/prices")]
    [InlineData("/api/users/{me}/providers")]
    [InlineData("/api/users/{me}/providers/openai/models")]
    [InlineData("/api/users/{me}/training-datasets")]
    public async Task A_made_up_cursor_is_refused_in_the_same_words_by_every_list(string list)
    {
        var path = list.Replace("{me}", $"{republic.Jonas.Id}", StringComparison.Ordinal);

        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"{path}{(path.Contains('?') ? '&' : '?')}cursor=made-up");

        Assert.Equal("This is not a cursor that was handed out. Begin without one.", (string)problem["errors"]!["cursor"]![0]!);
    }

    [Fact]
    public async Task A_list_that_is_counted_off_ends_where_its_entries_do()
    {
        var path = $"/api/users/{republic.Jonas.Id}/prices";
        var first = await republic.Jonas.Api.GetAsync($"{path}?limit=2");
        var far = await republic.Jonas.Api.GetAsync($"{path}?cursor={int.MaxValue}");

        Assert.Equal("2", (string?)first["next_cursor"]);
        Assert.Empty(far["prices"]!.AsArray());
        Assert.Null(far["next_cursor"]);
    }
}
