using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Sources that do not say how large their file is, and second ones for those that have none.</summary>
public sealed class ModelSourceTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string NoLength = "127.0.0.1 does not say how large the file is. Fetch it, then upload it here.";
    private const string AnotherPart = "127.0.0.1 gave another part of the file than it was asked for.";

    [Theory]
    [InlineData("chunked", "200 OK\r\nTransfer-Encoding: chunked", NoLength)]
    [InlineData("closing", "200 OK\r\nConnection: close", NoLength)]
    [InlineData("starred", "206 Partial Content\r\nConnection: close\r\nContent-Range: bytes 0-999/*", NoLength)]
    [InlineData("garbled", "206 Partial Content\r\nConnection: close\r\nContent-Range: all of it", AnotherPart)]
    [InlineData("unranged", "206 Partial Content\r\nTransfer-Encoding: chunked", AnotherPart)]
    public async Task A_source_that_never_tells_a_length_is_refused_before_the_download(string name, string head, string says)
    {
        // No client waits for the end of what has none: the connection is held until it goes away.
        await using var source = new RawUpstream();
        source.Script = async call =>
        {
            await call.SendAsync($"HTTP/1.1 {head}\r\nContent-Type: application/octet-stream\r\n\r\n");
            await call.SendAsync(head.Contains("chunked", StringComparison.Ordinal) ? "4\r\nGGUF\r\n" : "GGUF");
            await call.HangAsync();
        };
        var person = await republic.NewPersonAsync($"Of-{name}");

        var id = await OwnModels.DownloadAsync(person, new { url = $"http://{source.Authority}/{name}.gguf" });
        var failed = await OwnModels.UntilAsync(person, id, "failed");

        Assert.Equal(says, OwnModels.Error(failed));
        Assert.Equal("checking", failed["stopped_at"]!.GetValue<string>());
        Assert.Equal((0, null), (failed["bytes_done"]!.GetValue<long>(), failed["bytes_total"]));
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
        Assert.InRange(source.Requests.Count, 1, 2);
        Assert.All(source.Requests, request => Assert.Matches("\r\nRange: bytes=0-[0-9]+\r\n", request));
        Assert.Equal(0, await OwnModels.UsedAsync(republic, person));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    [InlineData("403 Forbidden")]
    public async Task Where_the_first_address_has_nothing_to_check_the_second_is_taken_and_named(string status)
    {
        await using var first = new FileSource([]);
        first.Usual = call => call.RefuseAsync(status);
        await using var second = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync($"Second-{status[..3]}");

        var id = await OwnModels.DownloadAsync(person, new { url = first.Url, second_url = second.Url });
        var ready = await OwnModels.UntilAsync(person, id, "ready");

        Assert.Equal(first.Url.AbsoluteUri, ready["source_url"]!.GetValue<string>());
        Assert.Equal(second.Url.AbsoluteUri, ready["second_url"]!.GetValue<string>());
        Assert.Equal(OwnModels.Digest(GgufMutations.Sprout), ready["sha256"]!.GetValue<string>());
        Assert.NotEmpty(first.Requests);
        Assert.Equal(0, first.Sent);
        var minion = await person.NewMinionAsync(more: new() { ["model_id"] = ready["custom_name"]!.GetValue<string>() });
        Assert.True((await person.Api.PostAsync($"/api/minions/{minion.Id}/test"))["ok"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Where_neither_address_has_it_the_model_fails_and_a_source_that_was_mended_is_asked_again()
    {
        await using var first = new FileSource(GgufMutations.Sprout);
        await using var second = new FileSource(GgufMutations.Sprout);
        (first.Usual, second.Usual) = (call => call.RefuseAsync("404 Not Found"), call => call.RefuseAsync("410 Gone"));
        var person = await republic.NewPersonAsync("Neither");

        var id = await OwnModels.DownloadAsync(person, new { url = first.Url, second_url = second.Url });
        var failed = await OwnModels.UntilAsync(person, id, "failed");
        Assert.Contains("There is no such file at 127.0.0.1", OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Equal("checking", failed["stopped_at"]!.GetValue<string>());

        second.Usual = call => call.GiveAsync();
        await person.Api.PostAsync(OwnModels.PathOf(id, "retry"));
        await OwnModels.UntilAsync(person, id, "ready");
    }

    [Fact]
    public async Task A_digest_that_a_person_gave_holds_for_a_model_of_the_catalogue_and_the_catalogues_own_gives_way_to_the_sources()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var actual = OwnModels.Digest(GgufMutations.Sprout);
        source.Headers = $"X-Linked-ETag: \"{actual}\"\r\n";
        var person = await republic.NewPersonAsync("Distrustful");
        var given = new string('0', 64);
        var own = await OfCatalogueAsync(person, source.Url, "own", given);
        await person.Api.PostAsync(OwnModels.PathOf(own, "resume"));

        var failed = await OwnModels.UntilAsync(person, own, "failed");

        Assert.Contains(actual, OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Contains($"{given} was expected", OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Equal(0, failed["bytes_done"]!.GetValue<long>());

        var old = await OfCatalogueAsync(person, new Uri(source.Url, "/old.gguf"), "old", given: null);
        await person.Api.PostAsync(OwnModels.PathOf(old, "resume"));
        Assert.Equal(actual, (await OwnModels.UntilAsync(person, old, "ready"))["sha256"]!.GetValue<string>());
    }

    /// <summary>As if the catalogue named this address.</summary>
    /// <param name="given">The digest that the person gave with the order; null where there is only the catalogue's.</param>
    private async Task<Guid> OfCatalogueAsync(Inhabitant person, Uri url, string name, string? given)
    {
        var listed = new ModelCatalog().Find("meta-llama/llama-3.2-3b-instruct")!;
        var variant = listed.Variant("Q4_K_M")!;
        var now = TimeProvider.System.GetUtcNow();
        var model = new PersonalModel
        {
            Id = Guid.CreateVersion7(),
            OwnerId = person.Id,
            ModelId = listed.ModelId,
            Variant = variant.Quantization,
            Name = name,
            Origin = ModelOrigin.Catalogue,
            State = ModelState.Failed,
            StoppedAt = ModelState.Checking,
            SourceUrl = url.AbsoluteUri,
            ExpectedSha256 = given ?? variant.Sha256,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await republic.QueryAsync(db =>
        {
            db.PersonalModels.Add(model);
            return db.SaveChangesAsync();
        });
        return model.Id;
    }
}
