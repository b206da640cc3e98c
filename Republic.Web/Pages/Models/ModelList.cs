using Republic.Core;
using Republic.Core.Providers;

namespace Republic.Web.Pages.Models;

/// <summary>The models a provider lists, or why it did not.</summary>
/// <param name="Id">Of the <c>datalist</c> that a field names.</param>
public sealed record ModelList(ProviderRow Provider, Outcome<IReadOnlyList<ListedModel>> Listed, string Id = "model-list");
