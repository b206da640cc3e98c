using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Republic.Core.Citizens;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class AvatarTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_written_anew_and_shown_to_its_owner_alone()
    {
        var upload = RawPng.Full(64, 64, 8, 6, interlaced: true);
        using var made = await UploadAsync(republic.Jonas, upload);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var url = JsonNode.Parse(await made.Content.ReadAsStringAsync(Ct))!["avatar_url"]!.GetValue<string>();

        using var own = await republic.Jonas.Api.SendAsync(HttpMethod.Get, url);
        var bytes = await own.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal("image/png", own.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", own.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", own.Headers.GetValues("Content-Security-Policy").Single());
        Assert.NotEqual(upload, bytes);
        Assert.Equal((64, 64), (PngReader.Read(bytes, 512).Width, PngReader.Read(bytes, 512).Height));

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, url);
        using var stranger = await republic.NewVisitor().GetAsync(url);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_minion_wears_its_owners_picture_and_nobody_elses()
    {
        using var made = await UploadAsync(republic.Jonas, RawPng.Full(8, 8, 8, 2, interlaced: false));
        var url = JsonNode.Parse(await made.Content.ReadAsStringAsync(Ct))!["avatar_url"]!.GetValue<string>();
        var minion = await republic.Jonas.NewMinionAsync("dressed", more: new JsonObject { ["avatar_url"] = url });
        Assert.Equal(url, await WornAsync(republic.Jonas, minion));
        var thief = await republic.Ada.NewMinionAsync("undressed", more: new JsonObject { ["avatar_url"] = url });
        Assert.Null(await WornAsync(republic.Ada, thief));
        await republic.Jonas.Api.PutAsync(
            $"/api/minions/{minion.Id}",
            new JsonObject { ["avatar_url"] = "https://elsewhere.example/a.png" }
        );
        Assert.Equal(url, await WornAsync(republic.Jonas, minion));
        await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new JsonObject { ["avatar_url"] = null });
        Assert.Null(await WornAsync(republic.Jonas, minion));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    public async Task What_is_no_png_is_refused_whatever_it_calls_itself(string content)
    {
        using var answer = await UploadAsync(republic.Jonas, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("not a PNG", await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<string?> WornAsync(Inhabitant person, TestMinion minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["avatar_url"]?.GetValue<string>();

    private static Task<HttpResponseMessage> UploadAsync(Inhabitant person, byte[] bytes)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return person.Api.Http.PostAsync("/api/avatars", new MultipartFormDataContent { { file, "file", "avatar.png" } }, Ct);
    }
}
