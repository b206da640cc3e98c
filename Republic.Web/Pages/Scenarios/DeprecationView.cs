using Republic.Core.Providers.Listings;

namespace Republic.Web.Pages.Scenarios;

/// <summary>A model that ends, with the role that names it or the minion that answers with it.</summary>
/// <param name="Who">The name of the role or the minion, as people read it.</param>
public sealed record DeprecationView(string Who, bool IsRole, string ModelId, ModelDeprecation End);
