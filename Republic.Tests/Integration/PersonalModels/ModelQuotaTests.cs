using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.PersonalModels.Storage;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>The quota holds though sources lie about sizes, and though two downloads want the same room at the same moment.</summary>
public sealed class ModelQuotaTests(NarrowModels republic) : IClassFixture<NarrowModels>
{
    private const string Largest = "9223372036854775807";
    private const string TooLarge = "It is larger than ";
    private const string OverQuota = "This would exceed your limit";
    private const string Senseless = "gave another part of the file than it was asked for";

    private ModelQuota Quota => republic.Services.GetRequiredService<ModelQuota>();

    [Theory]
    [InlineData(Largest, "1", TooLarge)]
    [InlineData("1", Largest, TooLarge)]
    [InlineData(Largest, Largest, TooLarge)]
    [InlineData("150000000000", "150000000000", TooLarge)]
    [InlineData("90000000000", "90000000000", OverQuota)]
    [InlineData("9223372036854775808", "1", Senseless)]
    [InlineData("1", "18446744073709551615", Senseless)]
    [InlineData("0", "0", Senseless)]
    public async Task Parts_that_announce_absurd_sizes_are_refused_before_any_of_them_comes(string first, string second, string says)
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        source.Usual = call =>
            call.Raw.SendAsync(
                $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/{(IsFirst(call) ? first : second)}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nG"
            );
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");

        var failed = await RefusedAsync(person, new Uri(source.Url, "/x-00001-of-00002.gguf"));

        Assert.Contains(says, OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.All(source.Requests, request => Assert.Contains("\r\nRange: bytes=0-0\r\n", request, StringComparison.Ordinal));
        Assert.InRange(source.Requests.Count, 1, 2);
    }

    [Theory]
    [InlineData(1L << 50, "A model has at most ")]
    [InlineData(long.MaxValue, "which no model has")]
    public async Task A_file_that_announces_an_absurd_size_is_refused_by_its_header(long bytes, string says)
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        source.Usual = call => call.GiveAsync(announced: bytes);
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");

        var failed = await RefusedAsync(person, source.Url);

        Assert.Contains(says, OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Single(source.Requests);
    }

    [Theory]
    [InlineData("/x-00001-of-00002.gguf")]
    [InlineData("/whole.gguf")]
    public async Task A_file_that_is_absurdly_large_only_when_it_is_downloaded_takes_no_more_than_it_said_before(string path)
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        source.Usual = call => call.IsLook ? LookAsync(call) : call.GiveAsync(announced: long.MaxValue);
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");

        var failed = await OwnModels.UntilAsync(person, await OwnModels.DownloadAsync(person, Anyway(new Uri(source.Url, path))), "failed");

        Assert.Contains(ByteSize.Of(long.MaxValue), OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Equal(("checking", 0), (failed["stopped_at"]!.GetValue<string>(), failed["bytes_done"]!.GetValue<long>()));
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, failed["id"]!.GetValue<Guid>()));
        Assert.InRange(await OwnModels.UsedAsync(republic, person), 0, 2 * GgufMutations.Sprout.Length);
        await person.Api.DeleteAsync(OwnModels.PathOf(failed["id"]!.GetValue<Guid>()));
        Assert.Equal(0, await OwnModels.UsedAsync(republic, person));
    }

    [Fact]
    public async Task Of_two_downloads_that_fit_alone_and_not_together_one_is_refused_however_close_they_come()
    {
        var file = OwnModels.SproutOf(8_000_000);
        await using var source = new FileSource(file);
        var (asked, go) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        source.Usual = async call =>
        {
            if (call.IsLook)
            {
                Interlocked.Increment(ref asked);
                await go.Task.WaitAsync(call.Raw.Stop);
            }

            await call.GiveAsync();
        };
        var person = await republic.NewPersonAsync("Racer");
        var ids = await Task.WhenAll(
            new[] { "/one.gguf", "/two.gguf" }.Select(path => OwnModels.DownloadAsync(person, Anyway(new Uri(source.Url, path))))
        );
        await Until.TrueAsync(() => Volatile.Read(ref asked) == 2);

        // Both know their size now, and stand before the quota.
        await using (var turn = await HeldTurn.TakeAsync(republic, db => Quota.LockAsync(db, person.Id, CancellationToken.None)))
        {
            go.SetResult();
            await turn.WaitedForAsync(2);
        }

        var ended = await Task.WhenAll(ids.Select(id => EndAsync(person, id)));
        var refused = Assert.Single(ended, model => OwnModels.State(model) == "failed");
        var ready = Assert.Single(ended, model => OwnModels.State(model) == "ready");
        Assert.Contains(OverQuota, OwnModels.Error(refused), StringComparison.Ordinal);
        Assert.Equal(("checking", 0), (refused["stopped_at"]!.GetValue<string>(), refused["bytes_done"]!.GetValue<long>()));
        Assert.Equal(file.Length, await OwnModels.UsedAsync(republic, person));

        await person.Api.DeleteAsync(OwnModels.PathOf(ready["id"]!.GetValue<Guid>()));
        await person.Api.PostAsync(OwnModels.PathOf(refused["id"]!.GetValue<Guid>(), "resume"));
        await OwnModels.UntilAsync(person, refused["id"]!.GetValue<Guid>(), "ready");
        Assert.Equal(file.Length, await OwnModels.UsedAsync(republic, person));
    }

    private async Task<JsonNode> RefusedAsync(Inhabitant person, Uri url)
    {
        var id = await OwnModels.DownloadAsync(person, Anyway(url));
        var failed = await OwnModels.UntilAsync(person, id, "failed");
        Assert.Equal(("checking", 0), (failed["stopped_at"]!.GetValue<string>(), failed["bytes_done"]!.GetValue<long>()));
        Assert.Null(failed["bytes_total"]);
        Assert.Equal(0, await OwnModels.UsedAsync(republic, person));
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
        return failed;
    }

    private static Task<JsonNode> EndAsync(Inhabitant person, Guid id) =>
        Until.SomethingAsync(async () =>
            await OwnModels.ModelAsync(person, id) is var model && OwnModels.State(model) is "ready" or "failed" ? model : null
        );

    private static bool IsFirst(FileCall call) => call.Raw.Request.Contains("-00001-of-", StringComparison.Ordinal);

    /// <summary>The header, or of a part how large it is.</summary>
    private static Task LookAsync(FileCall call) =>
        call.Raw.Request.Contains("bytes=0-0\r\n", StringComparison.Ordinal)
            ? call.Raw.SendAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/{GgufMutations.Sprout.Length}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nG"
                )
            )
            : call.GiveAsync();

    private static object Anyway(Uri url) => new { url, load_anyway = true };
}
