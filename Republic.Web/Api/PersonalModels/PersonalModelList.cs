using Republic.Core.PersonalModels;

namespace Republic.Web.Api.PersonalModels;

/// <summary>One page of a person's models, newest first.</summary>
/// <param name="NextCursor">The cursor of the next page; null on the last.</param>
internal sealed record PersonalModelList(IReadOnlyList<PersonalModelCard> PersonalModels, string? NextCursor);
