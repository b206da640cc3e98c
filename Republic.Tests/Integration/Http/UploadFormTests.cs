using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>The forms that send files, of which those of datasets stand for all.</summary>
public sealed class UploadFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Basic eDp5")]
    [InlineData("Bearer nothing")]
    public async Task A_browser_needs_the_token_of_the_form_whatever_header_stands_beside_its_cookie(string authorization)
    {
        var person = await republic.NewPersonAsync($"Header{authorization.Length}");
        using var form = DatasetWorld.Form(("x.jsonl", DatasetWorld.Pairs(1)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/datasets/upload") { Content = form };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await (await person.BrowserAsync()).Http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("not from here", await response.Content.ReadAsStringAsync(Ct));
        Assert.Empty(await DatasetsAsync(person));
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("file", "")]
    public async Task So_many_fields_are_taken_and_no_more_whatever_they_are_called(string name, string? fileName)
    {
        var person = await republic.NewPersonAsync($"Fields-{name}");
        using var tooMany = WithFields(101, name, fileName);
        using var most = WithFields(100, name, fileName);

        var (status, body) = await DatasetWorld.SendAsync(person, tooMany);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("at most 100 fields", body["detail"]!.GetValue<string>());
        Assert.Empty(await DatasetsAsync(person));
        Assert.Equal(HttpStatusCode.Created, (await DatasetWorld.SendAsync(person, most)).Status);
    }

    /// <param name="fileName">Null: they are no files. Empty: a browser's, where none was chosen.</param>
    private static MultipartFormDataContent WithFields(int count, string name, string? fileName)
    {
        var form = new MultipartFormDataContent();
        for (var i = 0; i < count; i++)
        {
            form.Add(Part(name, fileName, []));
        }

        form.Add(Part("file", "x.jsonl", DatasetWorld.Pairs(1)));
        return form;
    }

    private static ByteArrayContent Part(string name, string? fileName, byte[] content)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = name };
        if (fileName is not null)
        {
            part.Headers.ContentDisposition.Parameters.Add(new NameValueHeaderValue("filename", $"\"{fileName}\""));
        }

        return part;
    }

    private static async Task<JsonArray> DatasetsAsync(Inhabitant person) =>
        (await person.Api.GetAsync(DatasetWorld.PathOf(person)))["datasets"]!.AsArray();
}
