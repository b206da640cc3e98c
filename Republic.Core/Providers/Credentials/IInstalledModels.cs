namespace Republic.Core.Providers.Credentials;

/// <summary>Tells which of the models that run here belong to a person. Other models of the model host are everybody's.</summary>
public interface IInstalledModels
{
    /// <summary>By the person's names of them.</summary>
    Task<IReadOnlyDictionary<string, InstalledModel>> OfAsync(Guid owner, CancellationToken ct);
}
