using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Unit;

public sealed class RelayWatchTests
{
    private static readonly ModelTarget Target = new(ProviderCatalog.Embedded().Find("custom")!, "m", null, Faults.Key);

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void Every_byte_of_every_frame_goes_through_however_it_is_cut(int size)
    {
        var frames =
            ": ping\n\n" + string.Concat(Enumerable.Range(0, 300).Select(i => Say.Piece($"piece {i} 🌱"))) + Say.Finish + Say.Usage;

        var (sent, watch) = Run(frames + Say.Done, size);

        Assert.Equal(frames, sent.TrimEnd('\n') + "\n\n");
        Assert.True(watch.IsDone);
        Assert.Null(watch.Failure);
        Assert.Equal(new TokenCounts(7, 3), watch.Usage);
    }

    [Fact]
    public void What_arrives_whole_is_let_out_at_once()
    {
        using var watch = new OpenAiRelayWatch(Target, 1 << 16);

        Assert.Equal(Say.Piece("a"), Push(watch, Say.Piece("a") + "data: {\"choi"));
        Assert.Equal("data: {\"choices\":[]}\n", Push(watch, "ces\":[]}\n"));
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\nThis is not a frame\n", ProviderErrorKind.BadAnswer)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"choices\":[{\n\n", ProviderErrorKind.BadAnswer)]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"error\":{\"message\":\"no\"}}\n\n",
        ProviderErrorKind.Unavailable
    )]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n", ProviderErrorKind.Interrupted)]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"choices\":[{\"delta\":{}}]",
        ProviderErrorKind.Interrupted
    )]
    public void The_good_part_is_let_out_before_the_failure(string stream, ProviderErrorKind kind)
    {
        var (sent, watch) = Run(stream, 10_000);

        Assert.Equal("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}", sent.TrimEnd('\n'));
        Assert.Equal(kind, watch.Failure?.Kind);
        Assert.Equal(1, watch.Pieces);
    }

    [Fact]
    public void A_vendors_own_frames_without_choices_are_kept_from_the_client()
    {
        var (sent, watch) = Run(Say.Piece("a") + "data: {\"x_vendor\":{\"took\":5}}\n\n" + Say.Piece("b") + Say.Finish, 7);

        Assert.DoesNotContain("x_vendor", sent);
        Assert.Contains("\"a\"", sent);
        Assert.Contains("\"b\"", sent);
        Assert.Null(watch.Failure);
    }

    [Fact]
    public void A_reason_for_the_end_makes_a_stream_whole_and_words_in_a_text_do_not()
    {
        var (_, whole) = Run(Say.Piece("a") + Say.Finish.Replace("\":\"stop", "\" : \"stop", StringComparison.Ordinal), 9);
        var (_, cut) = Run(Say.Piece("""he said \"finish_reason\": \"stop\" and \"usage\":{\"prompt_tokens\":9}"""), 9);

        Assert.Null(whole.Failure);
        Assert.Equal(ProviderErrorKind.Interrupted, cut.Failure?.Kind);
        Assert.Null(cut.Usage);
    }

    [Fact]
    public void No_more_of_the_prompt_came_from_a_cache_than_there_was_of_it()
    {
        const string Usage =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":1000000,\"cache_write_tokens\":9}}}\n\n";

        var (_, watch) = Run(Say.Piece("a") + Say.Finish + Usage + Say.Done, 100);

        Assert.Equal(new TokenCounts(10, 3, Cached: 10), watch.Usage);
    }

    [Fact]
    public void A_line_without_end_is_given_up()
    {
        var (sent, watch) = Run("data: {\"choices\":\"" + new string('z', 200_000), 4096);

        Assert.Empty(sent);
        Assert.Contains("a line of more than 64 KB", watch.Failure?.Message);
    }

    private static (string Sent, OpenAiRelayWatch Watch) Run(string stream, int size)
    {
        var watch = new OpenAiRelayWatch(Target, 64 << 10);
        var sent = new MemoryStream();
        foreach (var chunk in Encoding.UTF8.GetBytes(stream).Chunk(size))
        {
            for (var at = 0; at < chunk.Length && watch.Failure is null && !watch.IsDone; )
            {
                var room = watch.Room();
                var count = Math.Min(room.Length, chunk.Length - at);
                chunk.AsMemory(at, count).CopyTo(room);
                sent.Write(watch.Take(count).Span);
                at += count;
            }
        }

        watch.End();
        return (Encoding.UTF8.GetString(sent.ToArray()), watch);
    }

    private static string Push(OpenAiRelayWatch watch, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(watch.Room());
        return Encoding.UTF8.GetString(watch.Take(bytes.Length).Span);
    }
}
