/** An address that leads nowhere. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';

export function NotFound() {
  return (
    <Stack align="center" justify="center" flex={1} p="xl">
      <Title order={1} size="h2">
        There is no such page
      </Title>
      <Text c="dimmed">The address may be mistyped or from another version.</Text>
      <Button component={Link} href="/">
        Go to Watch
      </Button>
    </Stack>
  );
}
