using Republic.Core.Providers.Credentials;

namespace Republic.Core.Providers;

/// <summary>Where people cannot install models, each model that runs here is everybody's.</summary>
internal sealed class NoInstalledModels : IInstalledModels
{
    public Task<IReadOnlyDictionary<string, InstalledModel>> OfAsync(Guid owner, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, InstalledModel>>(new Dictionary<string, InstalledModel>());
}
