namespace Republic.Web.Api.PersonalModels;

/// <summary>What the catalogue offers. Figures of the vendor are the vendor's; addresses and sizes were not checked here.</summary>
internal sealed record CatalogList(IReadOnlyList<CatalogEntry> Models);
