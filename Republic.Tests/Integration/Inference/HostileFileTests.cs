using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Republic.Core.Llama.Gguf;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Files in the models' folder that are not what they seem.</summary>
public sealed class HostileFileTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private readonly LocalModels models = shared.Models;

    [Fact]
    public async Task A_truncated_file_is_refused_with_the_reason_and_the_child_lives_on()
    {
        models.AddModel("half", GgufMutations.Sprout[..(GgufMutations.Sprout.Length / 2)]);
        await models.HealthAsync();
        var child = models.Supervisor.Status.ProcessId;

        var error = await ErrorAsync("half", 422);

        Assert.Equal("invalid_model_file", error.GetProperty("code").GetString());
        Assert.Contains("cut off", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(child, models.Supervisor.Status.ProcessId);
        Assert.Equal("sprout", (await models.AskAsync(LocalModels.Question("Hello"))).GetProperty("model").GetString());
    }

    [Fact]
    public async Task What_only_the_library_can_know_comes_back_in_its_words()
    {
        var bytes = GgufMutations.Sprout.ToArray();
        // Another known length, so that the header stays whole: gpt-2 becomes gpt-9.
        var at = bytes.AsSpan().IndexOf("gpt-2"u8);
        bytes[at + 4] = (byte)'9';
        models.AddModel("strange", bytes);

        var error = await ErrorAsync("strange", 422);

        Assert.Contains("llama.cpp refuses it", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("gpt-9", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_ends_the_library_costs_the_child_and_nothing_else()
    {
        await using var own = await LocalModels.StartAsync();
        own.AddModel("deadly", GgufMutations.DeadlyWeights());

        var error = await ErrorAsync(own, "deadly", 422);

        Assert.Contains("over its file the model host crashed", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("sprout", (await own.AskAsync(LocalModels.Question("Hello"))).GetProperty("model").GetString());
        Assert.Equal(1, own.Supervisor.Status.Crashes);
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("tokens")]
    public async Task A_file_that_the_child_crashed_over_is_not_loaded_again_under_any_name_until_it_is_replaced(string damaged)
    {
        await using var own = await LocalModels.StartAsync();
        var bytes = damaged == "weights" ? GgufMutations.DeadlyWeights() : GgufMutations.DeadlyTokens();
        var path = own.AddModel("deadly", bytes);
        await own.AskAsync(LocalModels.Question("Hello"));

        for (var call = 0; call < 4; call++)
        {
            var error = await ErrorAsync(own, "deadly", 422);
            Assert.Equal("quarantined_model_file", error.GetProperty("code").GetString());
        }

        var list = Path.Combine(own.Data.Folder("model-host"), "quarantine.json");
        await Until.TrueAsync(() =>
            File.ReadAllText(list).Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal)
        );
        own.AddModel("copy", bytes);
        Assert.Equal("quarantined_model_file", (await ErrorAsync(own, "copy", 422)).GetProperty("code").GetString());
        Assert.Equal(1, own.Supervisor.Status.Crashes);

        File.Delete(path);
        own.AddModel("deadly", GgufMutations.Sprout);
        Assert.Equal("deadly", (await own.AskAsync(LocalModels.Question("Hello", model: "deadly"))).GetProperty("model").GetString());
    }

    [Fact]
    public async Task What_was_killed_from_outside_puts_no_file_under_suspicion()
    {
        await using var own = await LocalModels.StartAsync();
        own.AddModel("mine", GgufMutations.Sprout);
        using var stream = await own.OpenAsync(LocalModels.LongAnswer(2000, model: "mine"));
        Assert.NotNull(await stream.PieceAsync());
        CrashTests.Kill(own);
        await Until.TrueAsync(() => own.Supervisor.Status.Crashes == 1);

        Assert.Equal("mine", (await own.AskAsync(LocalModels.Question("Hello", model: "mine"))).GetProperty("model").GetString());
    }

    [Fact]
    public async Task Mutations_that_pass_the_check_harm_at_most_the_child()
    {
        var passed = Enumerable.Range(1000, 150).Select(GgufMutations.Make).Where(Passes).Take(25).ToList();
        Assert.NotEmpty(passed);
        for (var i = 0; i < passed.Count; i++)
        {
            models.AddModel($"m{i}", passed[i]);
            using var response = await models.PostAsync(LocalModels.Question("Hello", model: $"m{i}", maxTokens: 3));
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.True(body.TryGetProperty("choices", out _) || body.GetProperty("error").TryGetProperty("message", out _));
        }

        Assert.Equal("ok", (await models.HealthAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("../models/sprout")]
    [InlineData("/etc/passwd")]
    [InlineData("sprout.gguf")]
    [InlineData("..\\sprout")]
    [InlineData("SPROUT\0")]
    public async Task A_name_that_is_no_model_is_not_looked_for_anywhere_else(string id)
    {
        Assert.Equal("model_not_found", (await ErrorAsync(id, 404)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_file_replaced_on_disk_is_read_anew()
    {
        var path = models.AddModel("mine", Encoding.UTF8.GetBytes("nothing"));
        await ErrorAsync("mine", 422);
        await File.WriteAllBytesAsync(path, GgufMutations.Sprout, TestContext.Current.CancellationToken);

        Assert.Equal("mine", (await models.AskAsync(LocalModels.Question("Hello", model: "mine"))).GetProperty("model").GetString());
    }

    private static bool Passes(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            GgufCheck.Check(path);
            return true;
        }
        catch (GgufException)
        {
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Task<JsonElement> ErrorAsync(string model, int status) => ErrorAsync(models, model, status);

    private static async Task<JsonElement> ErrorAsync(LocalModels models, string model, int status)
    {
        using var response = await models.PostAsync(LocalModels.Question("Hello", model: model));
        Assert.Equal(status, (int)response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");
    }
}
