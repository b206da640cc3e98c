using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>Personal models of people, made of the built-in one.</summary>
internal static class OwnModels
{
    /// <summary>Uploads one and waits until it can be used.</summary>
    /// <returns>As the API has it.</returns>
    public static async Task<JsonNode> InstallAsync(Inhabitant owner, string name)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", $"{name}.gguf" } };
        using var uploaded = await owner.Api.Http.PostAsync("/api/personal-models/upload", form);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());
        return await Until.SomethingAsync(async () =>
        {
            var models = (await owner.Api.GetAsync("/api/personal-models"))["personal_models"]!.AsArray();
            return models.FirstOrDefault(model =>
                (model!["custom_name"]!.GetValue<string>(), model["status"]!.GetValue<string>()) == (name, "ready")
            );
        });
    }
}
