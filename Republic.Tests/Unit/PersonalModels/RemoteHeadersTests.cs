using System.Text;
using Republic.Core;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Sources;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels;

/// <summary>Headers of files that a loopback server has.</summary>
public sealed class RemoteHeadersTests : IAsyncDisposable
{
    private static readonly Guid Person = Guid.CreateVersion7();
    private readonly HeaderSource source = new(GgufMutations.Sprout);
    private readonly Clock clock = new();
    private readonly RemoteHeaders headers;

    public RemoteHeadersTests() => headers = new RemoteHeaders(source.Client, clock);

    public async ValueTask DisposeAsync()
    {
        headers.Dispose();
        await source.DisposeAsync();
    }

    [Fact]
    public async Task The_first_mebibyte_of_a_file_tells_what_it_is()
    {
        var header = (await ReadAsync()).Header!;

        Assert.Equal(["0-1048575"], source.Asked);
        Assert.Equal((source.Url, source.File.Length, "\"1\"", true), (header.Url, header.Bytes, header.ETag, header.IsResumable));
        Assert.Equal("llama", header.Facts.Architecture);
        var known = HeaderFacts.Of(Core.Llama.Gguf.GgufReader.Read(GgufMutations.SproutPath));
        Assert.Equal(
            (known.Layers, known.ContextLength, known.Vocabulary),
            (header.Facts.Layers, header.Facts.ContextLength, header.Facts.Vocabulary)
        );
        Assert.Equal(known.Shape.WeightBytes, header.Facts.Shape.WeightBytes);
    }

    [Fact]
    public async Task A_page_about_a_file_leads_to_it()
    {
        var page = new Uri(source.Url, "/a/blob/main/b.gguf#top");

        var header = (await headers.ReadAsync(Person, page, TestContext.Current.CancellationToken)).Header!;

        Assert.Equal(["/a/resolve/main/b.gguf"], source.Paths);
        Assert.Equal(header, headers.Known(page));
        Assert.Equal(header, headers.Known(header.Url));
    }

    [Fact]
    public async Task A_header_beyond_the_first_mebibyte_is_fetched_part_by_part_and_no_byte_twice()
    {
        source.File = WithVocabulary(200_000);
        source.Claims = source.File.Length;

        var header = (await ReadAsync()).Header!;

        Assert.Equal(["0-1048575", "1048576-4194303", "4194304-16777215"], source.Asked);
        Assert.Equal(200_000, header.Facts.Vocabulary);
    }

    [Fact]
    public async Task A_source_may_give_less_than_it_was_asked_for()
    {
        source.Most = 40_000;

        Assert.NotNull((await ReadAsync()).Header);
        Assert.Equal(["0-1048575", "40000-1048575", "80000-1048575"], source.Asked.Take(3));
    }

    [Fact]
    public async Task A_header_of_more_than_64_mebibytes_is_refused()
    {
        source.File = Promising(80 << 20);
        source.Claims = 90 << 20;
        var answer = await ReadAsync();

        Assert.Equal("The header is longer than 64 MB, which no model's is. Take a GGUF file made for llama.cpp.", answer.Failure!.Message);
        Assert.Equal(["0-1048575"], source.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_whole_file_is_given_its_beginning_is_read_and_a_source_that_says_so_gives_parts_later(bool acceptsRanges)
    {
        (source.GivesParts, source.AcceptsRanges) = (false, acceptsRanges);

        var header = (await ReadAsync()).Header!;

        Assert.Equal((source.File.Length, acceptsRanges), (header.Bytes, header.IsResumable));
    }

    [Fact]
    public async Task Without_parts_a_longer_header_is_not_known_before_the_download()
    {
        (source.GivesParts, source.File) = (false, WithVocabulary(60_000));
        source.Claims = source.File.Length;

        var answer = await ReadAsync();

        Assert.Equal(
            "Whether it fits is not known before the download: 127.0.0.1 gives no parts of files, and the header is longer than 1 MB.",
            answer.NotKnown
        );
        Assert.Equal((null, null), (answer.Header, answer.Failure));
        Assert.Single(source.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_length_it_is_not_known_before_the_download(bool givesParts)
    {
        (source.GivesParts, source.Claims) = (givesParts, null);

        var answer = await ReadAsync();

        Assert.Equal("Whether it fits is not known before the download: 127.0.0.1 does not say how long the file is.", answer.NotKnown);
        Assert.Null(answer.Failure);
    }

    [Theory]
    [InlineData(100, "more than the file has room for")]
    [InlineData(100_000, "cut off")]
    [InlineData(long.MaxValue, "which no model has")]
    public async Task A_length_that_the_header_does_not_fit_into_is_a_lie_or_a_damaged_file(long claimed, string said)
    {
        source.Claims = claimed;

        var failure = (await ReadAsync()).Failure!;

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Invalid, failure.Kind);
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_length_it_was_promised_is_worth_another_try()
    {
        (source.File, source.GivesParts, source.Claims) = (source.File[..5000], false, 100_000_000);

        var failure = (await ReadAsync()).Failure!;

        Assert.StartsWith("The connection to 127.0.0.1 broke", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Upstream, failure.Kind);
    }

    [Fact]
    public async Task A_source_that_promises_more_than_it_has_is_asked_again_and_not_for_ever()
    {
        source.File = source.File[..5000];
        source.Claims = GgufMutations.Sprout.Length;

        var failure = (await ReadAsync()).Failure!;

        Assert.Contains("ended after 4.9 kB", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Upstream, failure.Kind);
        Assert.Equal(2, source.Asked.Count);
    }

    [Theory]
    [InlineData("text/html", "answered with a web page")]
    [InlineData("application/octet-stream", "not a GGUF file")]
    public async Task A_web_page_is_no_model(string type, string said)
    {
        (source.File, source.Type) = (Encoding.UTF8.GetBytes($"<!doctype html>{new string(' ', 100)}"), type);
        source.Claims = source.File.Length;

        var failure = (await ReadAsync()).Failure!;

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Equal("url", Assert.Single(failure.Fields).Field);
    }

    [Fact]
    public async Task A_damaged_header_and_a_file_cut_off_are_refused()
    {
        var cut = GgufMutations.Sprout[..^5000];
        byte[] damaged = [.. GgufMutations.Sprout[..8], .. BitConverter.GetBytes(1L << 62), .. GgufMutations.Sprout[16..]];
        foreach (
            var (file, said) in new[] { (cut, "it is cut off"), (damaged, "more than the file has room for"), ([], "not a GGUF file") }
        )
        {
            (source.File, source.Claims, source.GivesParts) = (file, file.Length, file.Length > 0);
            // The failure before it is known until then.
            clock.Pass(TimeSpan.FromMinutes(1));

            var failure = (await ReadAsync()).Failure!;

            Assert.Equal(FailureKind.Invalid, failure.Kind);
            Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://10.0.0.5/a.gguf", "10.0.0.5:80")]
    [InlineData("http://169.254.169.254/latest", null)]
    public async Task A_redirect_to_a_private_address_is_refused_and_says_who_may_allow_it(string elsewhere, string? allowable)
    {
        source.Elsewhere = elsewhere;

        var answer = await ReadAsync();

        Assert.Equal(FailureKind.Invalid, answer.Failure!.Kind);
        Assert.Equal(allowable, answer.AllowableHost);
        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task A_private_address_is_refused_and_says_who_may_allow_it()
    {
        using var strict = new SourceClient(Guards.Strict(), TimeProvider.System);
        using var refusing = new RemoteHeaders(strict, clock);

        var answer = await refusing.ReadAsync(Person, source.Url, TestContext.Current.CancellationToken);

        Assert.Contains("is a private address", answer.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(source.Url.Authority, answer.AllowableHost);
        Assert.Empty(source.Asked);
    }

    [Fact]
    public async Task A_file_that_changes_between_two_parts_is_not_put_together()
    {
        var first = WithVocabulary(60_000);
        (source.File, source.Claims) = (first, first.Length);
        var asked = 0;
        source.Answering = () => source.ETag = $"\"{++asked}\"";

        var failure = (await ReadAsync()).Failure!;

        Assert.Equal((FailureKind.Upstream, 2), (failure.Kind, source.Asked.Count));
        Assert.Contains("changed", failure.Message, StringComparison.Ordinal);
    }

    private Task<HeaderResult> ReadAsync() => headers.ReadAsync(Person, source.Url, TestContext.Current.CancellationToken);

    private static byte[] WithVocabulary(int tokens)
    {
        var folder = Directory.CreateTempSubdirectory("republic-test-");
        try
        {
            var shape = new TinyModelShape(Width: 8, Heads: 2, HeadsOfKeys: 1, Layers: 1, Vocabulary: tokens);
            return System.IO.File.ReadAllBytes(TinyModels.Write(folder.FullName, shape));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A file of which the header alone is longer than that: one list of so many bytes.</summary>
    private static byte[] Promising(int bytes)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write((byte)'a');
        writer.Write(9);
        writer.Write(0);
        writer.Write((long)bytes);
        writer.Write(new byte[bytes]);
        return file.ToArray();
    }
}
