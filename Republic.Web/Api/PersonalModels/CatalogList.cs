namespace Republic.Web.Api.PersonalModels;

/// <summary>The models of the catalogue. Vendors' figures, URLs and sizes were not checked here.</summary>
internal sealed record CatalogList(IReadOnlyList<CatalogEntry> Models);
