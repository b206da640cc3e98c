using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Http;

/// <summary><c>GET /health</c> and <c>GET /v1/models</c>.</summary>
internal sealed class HealthEndpoint(ModelPool pool, ModelHostArguments arguments)
{
    public Task HealthAsync(HttpContext http)
    {
        var loaded = pool.Loaded.All;
        var health = new
        {
            Status = "ok",
            LlamaVersion = LlamaRuntime.Version,
            pool.Threads,
            Memory = new
            {
                RssBytes = Environment.WorkingSet,
                ModelBytes = loaded.Sum(model => model.Weights.Bytes),
                ContextBytes = loaded.Sum(model => model.ContextBytes),
                PlannedBytes = loaded.Sum(model => model.Bytes),
                AdapterBytes = loaded.Sum(model => model.Adapters.Sum(adapter => adapter.File.Bytes)),
                pool.Loaded.BudgetBytes,
            },
            Queue = new { Active = loaded.Sum(model => model.Active), Waiting = loaded.Sum(model => model.Waiting) },
            Models = loaded.Select(model => new
            {
                Id = model.FileName,
                model.ContextLength,
                ModelBytes = model.Weights.Bytes,
                model.ContextBytes,
                PlannedBytes = model.Bytes,
                model.Weights.Parameters,
                arguments.Sequences,
                Adapters = model.Adapters.Select(adapter => adapter.File.Id),
                model.Active,
                model.Waiting,
                model.Figures?.TokensPerSecond,
                PromptTokens = model.Figures?.PromptTokens ?? 0,
                CachedTokens = model.Figures?.CachedTokens ?? 0,
                Pinned = model.Settings.IsPinned,
                Draining = model.IsDraining,
                IdleSeconds = Math.Round(pool.Loaded.IdleFor(model).TotalSeconds, 1),
                UnloadsInSeconds = pool.Loaded.UnloadsIn(model) is { } left ? Math.Max(0, Math.Round(left.TotalSeconds, 1)) : (double?)null,
            }),
            // Not in memory yet: they wait for others to give it back.
            Waiting = pool.Queue.Waiting.Select(wait => new
            {
                Id = Path.GetFileNameWithoutExtension(wait.File.Path),
                NeedBytes = wait.Needed,
                wait.Requests,
                Seconds = Math.Round(wait.Waited.TotalSeconds, 1),
            }),
        };
        return http.Response.WriteAsJsonAsync(health, HostJson.Options, http.RequestAborted);
    }

    public Task ModelsAsync(HttpContext http)
    {
        var loaded = pool.Loaded.All.Select(model => model.File.Id).ToHashSet(StringComparer.Ordinal);
        var models = new
        {
            Object = "list",
            Data = pool.Files.Select(file => new
            {
                file.Id,
                Object = "model",
                Created = new DateTimeOffset(file.ChangedUtc).ToUnixTimeSeconds(),
                OwnedBy = "local",
                file.Bytes,
                Loaded = loaded.Contains(file.Id),
            }),
            Adapters = pool.AdapterFiles.Select(file => new
            {
                file.Id,
                Object = "adapter",
                Created = new DateTimeOffset(file.ChangedUtc).ToUnixTimeSeconds(),
                file.Bytes,
            }),
        };
        return http.Response.WriteAsJsonAsync(models, HostJson.Options, http.RequestAborted);
    }
}
