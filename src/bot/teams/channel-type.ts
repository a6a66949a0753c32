import type { ChannelType } from '../../core/chat/conversation.ts';

const channelTypes: readonly string[] = ['standard', 'private', 'shared'] satisfies ChannelType[];

/** Undefined for what Teams does not say, or says in words of its own. */
export const channelTypeIn = (given: string | undefined): ChannelType | undefined => {
  const type = given?.toLowerCase() ?? '';
  return channelTypes.includes(type) ? (type as ChannelType) : undefined;
};
