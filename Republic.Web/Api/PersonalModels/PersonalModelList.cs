using Republic.Core.PersonalModels;

namespace Republic.Web.Api.PersonalModels;

internal sealed record PersonalModelList(IReadOnlyList<PersonalModelCard> PersonalModels, string? NextCursor);
