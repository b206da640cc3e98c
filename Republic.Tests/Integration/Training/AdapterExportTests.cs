using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>What a run trained, for other programs.</summary>
public sealed class AdapterExportTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    private readonly TrainingWorld world = finished.World;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JsonNode Adapter => finished.End["report"]!["adapter"]!;

    private string Weights => Path.Combine(world.DataFolder, "adapters", $"{finished.Job:N}.gguf");

    [Fact]
    public async Task Adapter_base_and_Modelfile_are_downloaded_as_the_run_used_them()
    {
        Assert.Equal(Adapter["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(await BytesAsync("adapter"))));
        Assert.Equal(Adapter["base_sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(await BytesAsync("base"))));
        var modelfile = System.Text.Encoding.UTF8.GetString(await BytesAsync("modelfile"));
        Assert.StartsWith($"FROM ./sprout.gguf\nADAPTER ./{finished.Job}.gguf\nTEMPLATE \"\"\"", modelfile, StringComparison.Ordinal);
        Assert.Contains("SYSTEM \"\"\"You are Bosun", modelfile, StringComparison.Ordinal);
        Assert.Contains("\nPARAMETER stop <|im_end|>\n", modelfile, StringComparison.Ordinal);
        var sampling = ModelSampling.BuiltIn;
        Assert.Contains(
            FormattableString.Invariant($"\nPARAMETER temperature {sampling.Temperature}\nPARAMETER top_p {sampling.TopP}\n"),
            modelfile,
            StringComparison.Ordinal
        );
        // This minion has no limit of its own, and a parameter without a value is an error.
        Assert.DoesNotContain("num_predict", modelfile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_how_to_use_them_and_what_was_checked()
    {
        var page = WebUtility.HtmlDecode(await (await world.Jonas.BrowserAsync()).ReadAsync($"/training/{finished.Job}/export"));
        Assert.Contains("llama-server -m 'sprout.gguf' --lora", page, StringComparison.Ordinal);
        Assert.Contains("ollama create", page, StringComparison.Ordinal);
        Assert.Contains("You are Bosun", page, StringComparison.Ordinal);
        foreach (var file in new[] { "adapter", "base", "modelfile" })
        {
            Assert.Contains(Download(file), page, StringComparison.Ordinal);
        }

        // So short a run changes little, and the base was never asked behind the token: that is said.
        var check = Adapter["begin_token"]!;
        Assert.True(check["loss_behind_token"]!.GetValue<double>() > check["loss"]!.GetValue<double>() + 0.1, check.ToJsonString());
        Assert.False(check["passes"]!.GetValue<bool>());
        Assert.Contains("This adapter does not tolerate it", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_were_changed_are_not_offered()
    {
        var kept = await File.ReadAllBytesAsync(Weights, Ct);
        try
        {
            await File.WriteAllTextAsync(Weights, "tampered", Ct);
            var refused = await world.Jonas.Api.ProblemAsync(409, HttpMethod.Get, Download("adapter"));
            Assert.Contains("were changed since they were trained", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            using var page = await (await world.Jonas.BrowserAsync()).GetAsync($"/training/{finished.Job}/export");
            Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
            var text = await page.Content.ReadAsStringAsync(Ct);
            Assert.Contains("were changed since they were trained", text, StringComparison.Ordinal);
            Assert.DoesNotContain("download>", text, StringComparison.Ordinal);
        }
        finally
        {
            await File.WriteAllBytesAsync(Weights, kept, Ct);
        }
    }

    [Theory]
    [InlineData("adapter")]
    [InlineData("base")]
    [InlineData("modelfile")]
    public async Task A_run_without_weights_of_its_own_has_none_to_take_along(string file)
    {
        var minion = await world.Jonas.NewMinionAsync($"idle-{file}");
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 12);
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], TrainingWorld.Short());
        var path = TrainingWorld.PathOf(world.Jonas, $"/{job}/{file}");
        Assert.Contains(
            "adapter of this run",
            (await world.Jonas.Api.ProblemAsync(404, HttpMethod.Get, path))["detail"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    private string Download(string file) => TrainingWorld.PathOf(world.Jonas, $"/{finished.Job}/{file}");

    private async Task<byte[]> BytesAsync(string file)
    {
        using var response = await world.Jonas.Api.SendAsync(HttpMethod.Get, Download(file));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Ct);
    }
}
