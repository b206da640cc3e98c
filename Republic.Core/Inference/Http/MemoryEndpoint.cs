using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Pool;

namespace Republic.Core.Inference.Http;

/// <summary>What a person's model does in memory, by their choice. Both take an <see cref="InstalledFile"/>.</summary>
internal sealed class MemoryEndpoint(ModelPool pool)
{
    /// <summary>Unloads the model, at once or when its answers have ended.</summary>
    public async Task UnloadAsync(HttpContext http)
    {
        var (unloaded, busy) = pool.Unload(await RequestBody.ReadAsync<InstalledFile>(http));
        await http.Response.WriteAsJsonAsync(new { Unloaded = unloaded > 0, Unloading = busy > 0 }, HostJson.Options, http.RequestAborted);
    }

    /// <summary>Has the model, where it is in memory, stay there as its owner chose.</summary>
    public async Task KeepAsync(HttpContext http)
    {
        pool.Keep(await RequestBody.ReadAsync<InstalledFile>(http));
        await http.Response.WriteAsJsonAsync(new { }, HostJson.Options, http.RequestAborted);
    }
}
