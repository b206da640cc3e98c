using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Tests.World;

/// <summary>Personal models of people, made of the built-in one: what their client does with them, and what is on the server.</summary>
internal static class OwnModels
{
    /// <summary>The built-in model as another file: a digest is a model of its own.</summary>
    /// <param name="bytes">Of the whole file; what is too much of it belongs to no tensor.</param>
    public static byte[] SproutOf(int bytes)
    {
        var file = new byte[bytes];
        GgufMutations.Sprout.CopyTo(file, 0);
        return file;
    }

    public static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <summary>Uploads one and waits until it can be used.</summary>
    /// <returns>As the API has it.</returns>
    public static async Task<JsonNode> InstallAsync(Inhabitant owner, string name, byte[]? file = null) =>
        await UntilAsync(owner, await UploadAsync(owner, file ?? GgufMutations.Sprout, $"{name}.gguf"), "ready");

    public static Guid Id(JsonNode answer) => answer["personal_model"]!["id"]!.GetValue<Guid>();

    public static string Error(JsonNode model) => model["error"]!.GetValue<string>();

    public static string State(JsonNode model) => model["status"]!.GetValue<string>();

    public static string PathOf(Guid model, string? action = null) => $"/api/personal-models/{model}{(action is null ? "" : "/" + action)}";

    public static async Task<Guid> DownloadAsync(Inhabitant person, object order) =>
        Id(await person.Api.PostAsync("/api/personal-models/download", order));

    public static async Task<Guid> UploadAsync(Inhabitant person, byte[] file, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        using var answer = await person.Api.Http.PostAsync("/api/personal-models/upload", form, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return Id(JsonNode.Parse(text)!);
    }

    public static async Task<JsonNode> ModelAsync(Inhabitant person, Guid id) => (await person.Api.GetAsync(PathOf(id)))["personal_model"]!;

    public static Task<JsonNode> UntilAsync(Inhabitant person, Guid id, string state) =>
        Until.SomethingAsync(async () =>
        {
            var model = await ModelAsync(person, id);
            var now = State(model);
            Assert.True(now == state || now is not ("failed" or "ready"), $"{now}: {model["error"]}");
            return now == state ? model : null;
        });

    /// <summary>So much of a download is here.</summary>
    public static Task CameAsync(Inhabitant person, Guid id, int bytes) =>
        Until.TrueAsync(async () => (await ModelAsync(person, id))["bytes_done"]!.GetValue<long>() >= bytes);

    /// <summary>Bytes of the quota that the person's models take.</summary>
    public static Task<long> UsedAsync(IRepublic republic, Inhabitant person) =>
        republic.Services.GetRequiredService<ModelQuota>().UsedAsync(person.Id, TestContext.Current.CancellationToken);

    /// <summary>Files that are there of a model on its way.</summary>
    public static IReadOnlyList<string> Incoming(string dataFolder, Guid id) =>
        Path.Combine(dataFolder, "model-downloads", id.ToString()) is var folder && Directory.Exists(folder)
            ? Directory.GetFileSystemEntries(folder)
            : [];
}
